/// The names seen in the open objects, from the outermost to the innermost, to detect repeated ones.
struct JSONNames {
    /// The number of names up to which those of an object are compared one by one.
    private static let few = 32

    /// The state of an outer object, restored when an inner one ends.
    struct Outer {
        fileprivate let start: Int
        fileprivate let many: Set<[UInt8]>?
    }

    /// A short digest of each name, the innermost object's last.
    private var digests: [UInt64] = []
    private var start = 0
    /// The names of the innermost object once there are more than a few; nil before.
    private var many: Set<[UInt8]>?

    mutating func removeAll() {
        digests.removeAll(keepingCapacity: true)
        start = 0
        many = nil
    }

    mutating func beginObject() -> Outer {
        defer {
            start = digests.count
            many = nil
        }
        return Outer(start: start, many: many)
    }

    mutating func endObject(_ outer: Outer) {
        digests.removeSubrange(start...)
        start = outer.start
        many = outer.many
    }

    /// Adds a name to the innermost object, which already has `members`. Returns false if a member has that name.
    mutating func insert(_ name: String, after members: [JSONMember]) -> Bool {
        if many != nil { return many?.insert(Array(name.utf8)).inserted == true }
        if members.count == JSONNames.few {
            let known = Set(members.map { Array($0.name.utf8) })
            many = known
            return many?.insert(Array(name.utf8)).inserted == true
        }
        let digest = JSONNames.digest(of: name)
        for index in start..<digests.count where digests[index] == digest {
            // Swift's == also equates strings that are only canonically equivalent.
            if members[index - start].name.utf8.elementsEqual(name.utf8) { return false }
        }
        digests.append(digest)
        return true
    }

    /// Returns a digest that is equal for equal names and almost always differs for different ones.
    private static func digest(of name: String) -> UInt64 {
        var digest = UInt64.hashOfNothing
        for byte in name.utf8 { digest = digest.hashed(with: byte) }
        return digest
    }
}
