/// The name the program was called by, in words that are written where nobody knows it: a hint of the library, an
/// example of the manual.
public enum ProgramName {
    /// Stands for the name until the words reach their reader: `"make it with: \(ProgramName.placeholder) init"`.
    ///
    /// It is U+FFFC OBJECT REPLACEMENT CHARACTER, which Unicode keeps for such a place in a text.
    public static let placeholder = "\u{FFFC}"
}

extension String {
    /// The words with the name in every place that stands for it.
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
    /// The words with the name in every place that stands for it.
    public func calling(program name: String) -> Text {
        Text(en: en.calling(program: name), es: es.calling(program: name))
    }
}
