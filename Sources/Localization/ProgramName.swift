/// The name by which the program was called, for texts written where it is not known: a hint of the library, an example
/// of the manual.
public enum ProgramName {
    /// The character that stands for the name until a text is shown: `"make it with: \(ProgramName.placeholder) init"`.
    ///
    /// It is U+FFFC OBJECT REPLACEMENT CHARACTER, which Unicode reserves for such a place in a text.
    public static let placeholder = "\u{FFFC}"
}

extension String {
    /// Returns the text with the name in place of each placeholder.
    public func calling(program name: String) -> String {
        guard utf8.contains(0xEF) else { return self }
        var result = ""
        for scalar in unicodeScalars {
            if scalar == "\u{FFFC}" { result += name } else { result.unicodeScalars.append(scalar) }
        }
        return result
    }
}

extension Text {
    /// Returns the text with the name in place of each placeholder.
    public func calling(program name: String) -> Text {
        Text(en: en.calling(program: name), es: es.calling(program: name))
    }
}
