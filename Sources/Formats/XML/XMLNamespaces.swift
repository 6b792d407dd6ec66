/// The namespaces declared at the present position in a document (Namespaces in XML 1.0).
struct XMLNamespaces {
    private var bindings: [(prefix: String, namespace: String)] = [("xml", Self.xml)]

    /// The namespace of the prefix `xml`, which is predefined.
    private static let xml = "http://www.w3.org/XML/1998/namespace"
    /// The namespace reserved for declarations.
    private static let declarations = "http://www.w3.org/2000/xmlns/"
    private static let declaring = "xmlns"

    /// The number of declared namespaces.
    var count: Int { bindings.count }

    /// Removes the latest declarations until `count` remain.
    mutating func forget(downTo count: Int) { bindings.removeLast(bindings.count - count) }

    /// Declares a namespace from an attribute.
    ///
    /// - Returns: false for an attribute that is not a declaration.
    mutating func declare(_ attribute: String, _ value: String, at position: TextPosition) throws(XMLError) -> Bool {
        let (prefix, local) = try Self.parts(of: attribute, at: position)
        guard prefix == Self.declaring || prefix.isEmpty && local == Self.declaring else { return false }
        let declared = prefix.isEmpty ? "" : local
        let isReserved = declared == Self.declaring || value == Self.declarations
        guard !isReserved, (declared == "xml") == (value == Self.xml), prefix.isEmpty || !value.isEmpty else {
            throw .malformed(.namespace, at: position)
        }
        bindings.append((declared, value))
        return true
    }

    /// Resolves a qualified name.
    ///
    /// - Parameter isAttribute: whether it is the name of an attribute, which without a prefix is in no namespace.
    func name(_ qualified: String, isAttribute: Bool = false, at position: TextPosition) throws(XMLError) -> XMLName {
        let (prefix, local) = try Self.parts(of: qualified, at: position)
        if prefix.isEmpty, isAttribute { return XMLName(local) }
        let binding = bindings.last { $0.prefix == prefix }
        guard binding != nil || prefix.isEmpty else { throw .undeclaredPrefix(prefix, at: position) }
        return XMLName(local, in: binding?.namespace ?? "")
    }

    private static func parts(
        of qualified: String,
        at position: TextPosition
    ) throws(XMLError) -> (prefix: String, local: String) {
        let parts = qualified.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        if parts.count == 1 { return ("", qualified) }
        guard parts.count == 2, !parts[0].isEmpty, let first = parts[1].first,
            // Characters allowed within a name are not all allowed at its start.
            first >= 0x80 || XMLCharacter.beginsName(UInt32(first))
        else { throw .malformed(.name, at: position) }
        return (String(Substring(parts[0])), String(Substring(parts[1])))
    }
}
