import CLIKit
import CRMKit
import Formats
import Glibc
import Localization

/// What one user has configured for every database: `$XDG_CONFIG_HOME/crm/config`, lines of `key = value`, `#` before
/// comments (XDG Base Directory Specification).
struct UserConfiguration {
    /// The names of the settings.
    enum Key: String, CaseIterable {
        case language
    }

    /// Where the file is; `nil` where the environment names no home.
    let path: String?

    init(environment: Environment) {
        path =
            if let folder = environment.nonEmpty("XDG_CONFIG_HOME"), folder.hasPrefix("/") {
                "\(folder)/crm/config"
            } else {
                environment.nonEmpty("HOME").map { "\($0)/.config/crm/config" }
            }
    }

    /// The configured language; `nil` where none is, or none the program speaks.
    var language: Language? { value(of: .language).flatMap(Language.init(localeName:)) }

    /// The value of a setting; `nil` where it is not set or the file cannot be read: nobody needs to have one.
    func value(of key: Key) -> String? {
        lines.lazy.compactMap(Self.setting).last { $0.key == key.rawValue }?.value
    }

    /// Sets a value, or takes it away, and leaves every other line as it is.
    func set(_ key: Key, to value: String?) throws {
        guard let path else {
            throw CRMError(
                .configuration,
                Text(
                    en: "there is no place for a configuration: HOME is not set",
                    es: "no hay lugar para una configuración: HOME no está definido"
                )
            )
        }
        var kept = lines.filter { Self.setting($0)?.key != key.rawValue }
        if let value { kept.append("\(key.rawValue) = \(value)") }
        try Folders.make(for: path)
        try AtomicFile.write(Array(kept.map { $0 + "\n" }.joined().utf8), to: path)
    }

    private var lines: [String] {
        guard let path, access(path, R_OK) == 0, let source = try? ByteSource(path: path) else { return [] }
        var reader = LinesReader(source)
        var lines: [String] = []
        while let line = try? reader.next() { lines.append(line.string) }
        return lines
    }

    private static func setting(_ line: String) -> (key: String, value: String)? {
        guard let equals = line.firstIndex(of: "="), !line.hasPrefix("#") else { return nil }
        func trimmed(_ part: Substring) -> String {
            String(part.drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
        }
        return (trimmed(line[..<equals]), trimmed(line[line.index(after: equals)...]))
    }
}
