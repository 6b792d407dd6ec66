/// A tag of a page: the element's name and its attributes, as far as the text depends on them.
struct HTMLTag {
    /// The name of the element, in lower case.
    let name: String
    private let rest: ArraySlice<UInt8>

    /// - Parameter token: the text between `<` or `</` and `>`.
    init(_ token: [UInt8]) {
        let end = token.firstIndex { $0.isBlank || $0 == UInt8(ascii: "/") } ?? token.endIndex
        name = String(decoding: token[..<end], as: UTF8.self).lowercased()
        rest = token[end...]
    }

    /// Elements without an end tag (HTML Standard, section 13.1.2).
    static let void: Set<String> = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
    ]

    /// Whether the element's attributes hide it.
    var isHidden: Bool {
        guard !rest.isEmpty else { return false }
        if attribute("hidden") != nil { return true }
        guard let style = attribute("style") else { return false }
        let declarations = style.lowercased().utf8.filter { !$0.isBlank }
        return declarations.split(separator: UInt8(ascii: ";")).contains { $0.elementsEqual("display:none".utf8) }
    }

    /// Returns the value of an attribute with character references resolved. It is empty for an attribute without a
    /// value, and `nil` if the attribute is missing.
    func attribute(_ wanted: String) -> String? {
        var index = rest.startIndex
        while index < rest.endIndex {
            index = skip(from: index) { $0.isBlank || $0 == UInt8(ascii: "/") }
            let nameEnd = skip(from: index) {
                !$0.isBlank && $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: "/")
            }
            let name = rest[index..<nameEnd]
            index = skip(from: nameEnd, while: \.isBlank)
            var value = rest[index..<index]
            if index < rest.endIndex, rest[index] == UInt8(ascii: "=") {
                index = skip(from: index + 1, while: \.isBlank)
                (value, index) = self.value(from: index)
            } else if name.isEmpty {
                index = min(index + 1, rest.endIndex)
            }
            if String(decoding: name, as: UTF8.self).lowercased() == wanted { return HTMLEntity.resolve(value) }
        }
        return nil
    }

    private func value(from start: Int) -> (ArraySlice<UInt8>, end: Int) {
        guard start < rest.endIndex else { return (rest[start..<start], start) }
        let quote = rest[start]
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
            let end = skip(from: start) { !$0.isBlank }
            return (rest[start..<end], end)
        }
        let end = skip(from: start + 1) { $0 != quote }
        return (rest[(start + 1)..<end], min(end + 1, rest.endIndex))
    }

    private func skip(from start: Int, while matches: (UInt8) -> Bool) -> Int {
        rest[start...].firstIndex { !matches($0) } ?? rest.endIndex
    }
}
