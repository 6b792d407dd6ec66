/// File names from input. They are shown to users and never choose a folder.
public enum FileName {
    /// Returns a name in the form that documents store: the last component of a path of any system, without control
    /// characters.
    public static func cleaned(_ name: String) -> String {
        let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
        let scalars = last.unicodeScalars.map { isUnseen($0) ? "_" : $0 }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        return String(text)
    }

    /// Returns a safe file name made from one of foreign origin: it names no file in another folder, not the folder
    /// itself and no hidden file, and is no longer than file systems allow.
    ///
    /// - Parameter otherwise: the name to use when nothing is left.
    public static func safe(_ name: String, otherwise: String) -> String {
        let cleaned = cleaned(name)
        let visible = cleaned.drop { $0 == "." || $0 == " " || $0 == "-" || $0 == "~" }
        if visible.isEmpty { return otherwise }
        return shortened(String(visible), to: longest)
    }

    /// Returns a file name without its extension; a name without an extension is returned unchanged.
    public static func stem(_ name: String) -> String {
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
        return String(name[..<dot])
    }

    /// Returns a name with a number before its extension, for a further file with the same name.
    public static func numbered(_ name: String, _ number: Int) -> String {
        let stem = stem(name)
        return "\(stem) (\(number))\(name.dropFirst(stem.count))"
    }

    /// The maximum number of bytes of a name that every file system accepts, with room for a number.
    private static let longest = 200

    /// Returns the name, cut before its extension.
    private static func shortened(_ name: String, to most: Int) -> String {
        guard name.utf8.count > most else { return name }
        let stem = stem(name)
        let ending = String(name.dropFirst(stem.count))
        let kept = ending.utf8.count < 20 ? ending : ""
        var short = ""
        for character in stem {
            guard short.utf8.count + character.utf8.count + kept.utf8.count <= most else { break }
            short.append(character)
        }
        return short + kept
    }

    /// Whether a character is invisible: a control character, or one that changes the direction of text so that a name
    /// reads differently.
    private static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse: true
        default: false
        }
    }
}
