import CLIKit
import CRMKit
import Formats
import Glibc
import Localization

/// A user's configuration for all databases: `$XDG_CONFIG_HOME/crm/config`, with lines `key = value` and comments after
/// `#` (XDG Base Directory Specification). A byte order mark at the beginning, which some editors write, is ignored.
struct UserConfiguration {
    /// The names of the settings.
    enum Key: String, CaseIterable {
        case language
        case pdfCommand = "pdf.command"
        case pdfText = "pdf.text"
        case mailSend = "mail.send"
        case mailFrom = "mail.from"
        case chatCredentials = "rocketchat.credentials"
    }

    /// The path of the file; `nil` if the environment names no home.
    let path: String?

    /// The greatest number of bytes; no configuration is longer.
    private static let longest = 1 << 20

    init(environment: Environment) {
        path =
            if let folder = environment.absolutePath("XDG_CONFIG_HOME") {
                "\(folder)/crm/config"
            } else {
                environment.absolutePath("HOME").map { "\($0)/.config/crm/config" }
            }
    }

    /// Returns the configured language, `nil` if there is none, and remarks about settings without effect.
    ///
    /// - Throws: ``CRMError`` `configuration` for a file that cannot be read, or a malformed line.
    func language() throws(CRMError) -> (language: Language?, remarks: [Text]) {
        let settings = try settings()
        let remarks = remarks(on: settings)
        guard let (_, value, line) = settings.last(where: { $0.key == Key.language.rawValue }) else {
            return (nil, remarks)
        }
        if let language = Language(localeName: value) { return (language, remarks) }
        throw broken(
            line: line,
            Text(en: "there is no language \"\(value)\"", es: "no existe el idioma «\(value)»")
        )
    }

    /// Returns the configured value; `nil` if there is none, or nothing after the `=`.
    ///
    /// - Throws: ``CRMError`` `configuration` for a file that cannot be read, or an invalid line.
    func value(of key: Key) throws(CRMError) -> String? {
        let value = try settings().last { $0.key == key.rawValue }?.value
        return value?.isEmpty == false ? value : nil
    }

    /// Returns the settings of all lines, in order. If a key occurs several times, its last line counts.
    private func settings() throws(CRMError) -> [(key: String, value: String, line: Int)] {
        var settings: [(key: String, value: String, line: Int)] = []
        for (index, line) in try lines().enumerated() {
            guard let setting = try setting(line, number: index + 1) else { continue }
            settings.append((setting.key, setting.value, index + 1))
        }
        return settings
    }

    /// Returns remarks about unknown settings, and about settings that a later line sets again.
    private func remarks(on settings: [(key: String, value: String, line: Int)]) -> [Text] {
        let path = path ?? ""
        return settings.compactMap { key, _, line in
            if Key(rawValue: key) == nil {
                return Text(
                    en: "\(path), line \(line): there is no setting \"\(key)\"",
                    es: "\(path), línea \(line): no existe el ajuste «\(key)»"
                )
            }
            guard let last = settings.last(where: { $0.key == key })?.line, last != line else { return nil }
            return Text(
                en: "\(path), line \(line): \(key) is set again in line \(last), which counts",
                es: "\(path), línea \(line): \(key) se define otra vez en la línea \(last), que es la que vale"
            )
        }
    }

    /// Sets or removes a value, and leaves all other lines unchanged, byte for byte. A lock makes concurrent processes
    /// change the file one after another.
    ///
    /// - Parameters:
    ///   - timeout: the time to wait for another process, in milliseconds.
    ///   - write: writes the new bytes to the path; `nil` to do everything else without writing.
    /// - Throws: ``CRMError`` `configuration` for a file that cannot be read, or another line that is malformed;
    ///   `busy`.
    func set(_ key: Key, to value: String?, timeout: Int32, write: (([UInt8], String) throws -> Void)?) throws {
        guard let path else {
            throw CRMError(
                .configuration,
                Text(
                    en: "there is no place for a configuration: HOME is no absolute path",
                    es: "no hay lugar para una configuración: HOME no es una ruta absoluta"
                )
            )
        }
        guard let write else {
            _ = try bytes(setting: key, to: value)
            return try Folders.checkWritable(for: path, areMade: true)
        }
        try Folders.make(for: path)
        let lock = try FolderLock(FilePath(path).folder, for: path, timeout: timeout)
        defer { withExtendedLifetime(lock) {} }
        try write(bytes(setting: key, to: value), path)
    }

    /// Returns the bytes of the file with another value.
    private func bytes(setting key: Key, to value: String?) throws(CRMError) -> [UInt8] {
        var new = value.map { Array("\(key.rawValue) = \($0)\n".utf8) }
        var kept: [[UInt8]] = []
        for (index, line) in try lines().enumerated() {
            if try setting(line, number: index + 1)?.key == key.rawValue {
                if index == 0, line.starts(with: ByteSource.byteOrderMark) { kept.append(ByteSource.byteOrderMark) }
                // The new line replaces the first of the old ones.
                if let new { kept.append(new) }
                new = nil
            } else {
                kept.append(line)
            }
        }
        if let new {
            if let last = kept.last, last.last != UInt8(ascii: "\n"), last != ByteSource.byteOrderMark {
                kept.append([UInt8(ascii: "\n")])
            }
            kept.append(new)
        }
        return Array(kept.joined())
    }

    // MARK: - Reading

    /// Returns the lines with their ends; none if there is no file.
    private func lines() throws(CRMError) -> [[UInt8]] {
        guard let path, let bytes = try SmallFile.readIfThere(path, atMost: Self.longest, failingAs: .configuration)
        else {
            return []
        }
        return Self.lines(of: bytes)
    }

    private static func lines(of bytes: [UInt8]) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        var start = bytes.startIndex
        while start < bytes.endIndex {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.endIndex
            lines.append(Array(bytes[start..<end]))
            start = end
        }
        return lines
    }

    /// Returns the setting in a line; `nil` for an empty line or a comment, which may contain any bytes.
    private func setting(_ line: [UInt8], number: Int) throws(CRMError) -> (key: String, value: String)? {
        let isSpace: (UInt8) -> Bool = { " \t\r\n".utf8.contains($0) }
        let mark = number == 1 && line.starts(with: ByteSource.byteOrderMark) ? ByteSource.byteOrderMark.count : 0
        let text = line.dropFirst(mark).drop(while: isSpace)
        guard let first = text.first, first != UInt8(ascii: "#") else { return nil }
        guard let words = String(validating: text, as: UTF8.self) else {
            throw broken(line: number, Text(en: "this is not UTF-8", es: "esto no es UTF-8"))
        }
        guard let equals = words.firstIndex(of: "="), equals != words.startIndex else {
            throw broken(
                line: number,
                Text(
                    en: "not a setting: write key = value, or # before a comment",
                    es: "no es un ajuste: escribir clave = valor, o # antes de un comentario"
                )
            )
        }
        func trimmed(_ part: Substring) -> String {
            // Of an array, since a string of any other collection looks up at run time what that is, at every start.
            var bytes = Array(part.utf8.drop(while: isSpace))
            while let last = bytes.last, isSpace(last) { bytes.removeLast() }
            return String(decoding: bytes, as: UTF8.self)
        }
        return (trimmed(words[..<equals]), trimmed(words[words.index(after: equals)...]))
    }

    private func broken(line: Int, _ reason: Text) -> CRMError {
        let path = path ?? ""
        return CRMError(
            .configuration,
            Text(en: "\(path), line \(line): \(reason.en)", es: "\(path), línea \(line): \(reason.es)"),
            hint: Text(en: "mend the line or take it away", es: "corregir la línea o quitarla")
        )
    }
}
