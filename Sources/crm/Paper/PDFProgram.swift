/// A known program that converts a page to PDF.
struct PDFProgram {
    /// The program's name.
    let name: String
    /// Returns the command that reads a page from standard input and writes a PDF to standard output, for the word by
    /// which the program is started.
    private let started: @Sendable (String) -> String

    private init(_ name: String, _ started: @escaping @Sendable (String) -> String) {
        (self.name, self.started) = (name, started)
    }

    /// The known programs, the best first.
    static let known =
        [
            PDFProgram("weasyprint") { "\($0) -q - -" },
            PDFProgram("wkhtmltopdf") { "\($0) -q --print-media-type - -" },
        ]
        + ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"].map { PDFProgram($0, browser) }

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

    /// The command that starts the program by its name.
    var command: String { started(name) }

    /// Returns a configured command in complete form: a known program alone, by its name or path, gets the arguments it
    /// needs; other commands are complete already.
    static func completed(_ command: String) -> String {
        let word = command.drop { $0 == " " }.prefix { $0 != " " }
        let isAlone = command.allSatisfy { !$0.isWhitespace || $0 == " " } && command.filter { $0 != " " } == word
        guard isAlone, let name = word.split(separator: "/").last,
            !word.contains(where: { "'\"$&|;<>\\`".contains($0) })
        else { return command }
        return known.first { $0.name == name }?.started(String(word)) ?? command
    }
}
