import CLIKit
import CRMKit
import Localization

/// A program that is known by its name, with the arguments that make it a filter.
struct KnownProgram {
    /// The program's name.
    let name: String
    /// A notice for users of a build of the program that does the work badly.
    let caution: Caution?
    /// Returns the command that reads from standard input and writes to standard output, for the word by which the
    /// program is started.
    private let started: @Sendable (String) -> String

    /// A notice that is due where the version that a program tells does not contain certain words.
    struct Caution: Sendable {
        /// The words in the version of a good build.
        let goodBuild: String
        let notice: Text
    }

    private init(_ name: String, caution: Caution? = nil, _ started: @escaping @Sendable (String) -> String) {
        (self.name, self.caution, self.started) = (name, caution, started)
    }

    /// The programs that convert a page to PDF, the best first.
    static let makingPDF: [KnownProgram] =
        [KnownProgram("weasyprint") { "\($0) -q - -" }] + browsers
        + [KnownProgram("wkhtmltopdf", caution: unpatchedQt) { "\($0) -q --print-media-type - -" }]

    /// The programs that extract the text of a PDF, the best first.
    static let readingPDF = [KnownProgram("pdftotext") { "\($0) -q -enc UTF-8 - -" }]

    private static let browsers =
        ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"].map { KnownProgram($0, browser) }

    /// Distributions build the program with a Qt that lacks what its authors have added for pages.
    private static let unpatchedQt = Caution(
        goodBuild: "with patched qt",
        notice: Text(
            en: """
                wkhtmltopdf is built with unpatched Qt: pages have no margin, the heads of tables are not repeated, and \
                rows may be cut in two; weasyprint or chromium do better
                """,
            es: """
                wkhtmltopdf está compilado con Qt sin parches: las páginas no tienen margen, los encabezados de tabla no \
                se repiten y puede haber filas partidas; weasyprint o chromium lo hacen mejor
                """
        )
    )

    /// Returns the command for a browser, which reads and writes only named files, and runs as root only without its
    /// sandbox or not at all.
    private static func browser(_ program: String) -> String {
        """
        d=$(mktemp -d) && trap 'rm -rf "$d"' EXIT && cat >"$d/page.html" && \
        if [ "$(id -u)" = 0 ]; then s=--no-sandbox; else s=; fi && \(program) $s --headless --disable-gpu \
        --no-pdf-header-footer --user-data-dir="$d/profile" --print-to-pdf="$d/page.pdf" "file://$d/page.html" \
        >/dev/null 2>"$d/log" && cat "$d/page.pdf" || { tail -n 3 "$d/log" >&2; exit 1; }
        """
    }

    /// Returns the word of a command that is nothing but the name or path of a program; `nil` for other commands.
    private static func word(in command: String) -> Substring? {
        let word = command.drop { $0 == " " }.prefix { $0 != " " }
        let isAlone = command.allSatisfy { !$0.isWhitespace || $0 == " " } && command.filter { $0 != " " } == word
        guard isAlone, !word.contains(where: { "'\"$&|;<>\\`".contains($0) }) else { return nil }
        return word
    }

    /// Returns the filter that a setting names, or else the first known program that is found.
    ///
    /// A known program that is configured alone, by its name or path, gets the arguments it needs; other commands are
    /// complete already.
    ///
    /// - Parameters:
    ///   - configured: the command that is configured.
    ///   - known: the known programs, the best first.
    /// - Returns: `nil` if nothing is configured and no program is found.
    static func filter(_ configured: String?, among known: [KnownProgram], in environment: Environment) -> Filter? {
        guard let configured else {
            return known.first { environment.finds($0.name) }.map { Filter($0, startedBy: $0.name, environment) }
        }
        if let word = Self.word(in: configured), let name = word.split(separator: "/").last,
            let program = known.first(where: { $0.name == name })
        {
            return Filter(program, startedBy: String(word), environment)
        }
        return Filter(process: FilterProcess(command: configured, environment: environment), caution: nil)
    }

    /// A program that is ready to run.
    struct Filter {
        let process: FilterProcess
        /// The notice that is due for some builds, and the process that tells the version.
        fileprivate let caution: (Caution, version: FilterProcess)?

        fileprivate init(process: FilterProcess, caution: (Caution, version: FilterProcess)?) {
            (self.process, self.caution) = (process, caution)
        }

        fileprivate init(_ program: KnownProgram, startedBy word: String, _ environment: Environment) {
            self.init(
                process: FilterProcess(command: program.started(word), name: word, environment: environment),
                caution: program.caution.map {
                    ($0, version: FilterProcess(command: "\(word) --version", name: word, environment: environment))
                }
            )
        }

        /// The greatest number of bytes of a version that are looked at.
        private static let longestVersion = 1 << 12

        /// Returns the notice that the installed build of the program does the work badly; `nil` if it does it well.
        ///
        /// - Parameter isReady: waits until the version can be read; returns `false` if the program should be ended.
        func notice(waiting isReady: (Int32) -> Bool) throws -> Text? {
            guard let (caution, version) = self.caution else { return nil }
            var told: [UInt8] = []
            do {
                try version.run([], waiting: isReady) { told += $0.prefix(Self.longestVersion - told.count) }
            } catch let error as CRMError where error.code == .failed {
                // What does not tell its version may still do the work, or else its own error says more.
                return nil
            }
            return String(decoding: told, as: UTF8.self).contains(caution.goodBuild) ? nil : caution.notice
        }
    }
}
