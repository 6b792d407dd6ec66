extension ContentProperty {
    /// The property's types in lower case, such as `home` and `voice`, without `pref`. A quoted value may contain
    /// several, separated by commas (RFC 6350 section 5.6).
    public var types: [String] { allTypes.filter { $0 != ContentProperty.preferred } }

    /// Whether the property is the preferred one of its kind: `TYPE=pref` (RFC 2426) or `PREF=1` (RFC 6350 section
    /// 5.3).
    public var isPreferred: Bool {
        allTypes.contains(ContentProperty.preferred) || parameterValues("PREF").contains("1")
    }

    static let preferred = "pref"

    /// The types as written. Some programs escape the comma between two of them.
    public var writtenTypes: [String] {
        let values = parameterValues("TYPE")
        let isOneType = { (value: String) in !value.isEmpty && !value.utf8.contains { ", \\".utf8.contains($0) } }
        if values.allSatisfy(isOneType) { return values }
        return values.flatMap { $0.split(separator: ",") }.compactMap { type in
            let isFiller = { (character: Character) in character == " " || character == "\\" }
            let word = type.drop(while: isFiller)
            guard let last = word.lastIndex(where: { !isFiller($0) }) else { return nil }
            return String(word[...last])
        }
    }

    private var allTypes: [String] { writtenTypes.map { $0.lowercased() } }
}
