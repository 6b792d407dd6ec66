/// Where the fields of some keys stand. Of most keys the length tells that they are others than the one that is sought, which
/// takes less than its hash: rules ask some dozens of times for a row.
struct KeyPositions: Sendable {
    private let keys: [String]
    private let lengths: [Int]

    init(_ keys: [String]) {
        self.keys = keys
        lengths = keys.map(\.utf8.count)
    }

    subscript(key: String) -> Int? {
        let length = key.utf8.count
        for index in lengths.indices where lengths[index] == length && keys[index] == key { return index }
        return nil
    }
}
