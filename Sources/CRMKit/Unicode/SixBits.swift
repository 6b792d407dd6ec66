/// Reading the generated tables, which hold six bits in each character.
enum SixBits {
    /// Returns the number stored in `characters` characters of a table, from `offset` on.
    @inline(__always)
    static func number(_ table: StaticString, at offset: Int, characters: Int) -> UInt32 {
        var value: UInt32 = 0
        for position in offset..<offset + characters {
            value = value << 6 | UInt32(table.utf8Start[position] &- 0x30)
        }
        return value
    }
}
