/// An index from keys to the positions of fields. Rules look up dozens of fields for each row; therefore a key is found
/// by its length and last byte, which is faster than hashing it.
struct KeyPositions: Sendable {
    private static let slots = 64

    private let keys: [String]
    /// The first key of each slot, and for each key the next of its slot; -1 where there is none.
    private let first: [Int]
    private let next: [Int]

    init(_ keys: [String]) {
        var first = Array(repeating: -1, count: Self.slots)
        var next = Array(repeating: -1, count: keys.count)
        // If two keys are equal, the first one is found.
        for index in keys.indices.reversed() {
            let slot = Self.slot(of: keys[index])
            next[index] = first[slot]
            first[slot] = index
        }
        (self.keys, self.first, self.next) = (keys, first, next)
    }

    subscript(key: String) -> Int? {
        var index = first[Self.slot(of: key)]
        while index >= 0 {
            if keys[index] == key { return index }
            index = next[index]
        }
        return nil
    }

    /// Returns the position of a key that the program itself writes, in a rule, an action or a mapping.
    ///
    /// - Precondition: there is the key. A misspelt one that did nothing would be a rule that never works, and no test
    ///   could fail of it.
    func required(_ key: String, of name: @autoclosure () -> String) -> Int {
        guard let position = self[key] else { preconditionFailure("\(name()) has no field '\(key)'") }
        return position
    }

    private static func slot(of key: String) -> Int {
        // The bytes are used in place, since searching a string view for its last byte starts from its end.
        key.utf8.withContiguousStorageIfAvailable { slot(of: $0) } ?? slot(of: Array(key.utf8))
    }

    @inline(__always)
    private static func slot(of bytes: some RandomAccessCollection<UInt8>) -> Int {
        (bytes.count &+ 5 &* Int(bytes.last ?? 0)) & (slots - 1)
    }
}
