/// The name of an object's member, encoded once for many objects.
public struct JSONKey: Sendable {
    /// The name in quotes, escaped, with the colon after it.
    let bytes: [UInt8]

    /// Encodes a name.
    public init(_ name: String) {
        var bytes = [UInt8(ascii: "\"")]
        for byte in name.utf8 {
            if byte >= 0x80 || JSONString.isPlain(byte) {
                bytes.append(byte)
            } else {
                bytes.append(contentsOf: JSONString.escape(byte).utf8)
            }
        }
        self.bytes = bytes + [UInt8(ascii: "\""), UInt8(ascii: ":")]
    }
}
