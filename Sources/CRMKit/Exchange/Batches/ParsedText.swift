/// A text of an attribute column and its reading. A class, since it is examined for every row and need not be copied.
final class ParsedText {
    let text: String
    let reading: (value: Value, unit: Choice?)

    init(_ text: String, _ reading: (value: Value, unit: Choice?)) { (self.text, self.reading) = (text, reading) }
}
