/// A number of four bytes for each of many ids, 0 where none was set.
struct NumbersOfIDs {
    /// Each page is created when one of its ids gets a number.
    private var pages: [Int64: [Int32]] = [:]
    /// The page written last, which is mostly the next one too.
    private var current: (number: Int64, numbers: [Int32])?

    private static let pageBits: Int64 = 10

    subscript(id: Int64) -> Int32 {
        get {
            let page = id >> Self.pageBits
            let numbers = current?.number == page ? current?.numbers : pages[page]
            return numbers?[Self.place(of: id)] ?? 0
        }
        set {
            turn(to: id >> Self.pageBits)
            current?.numbers[Self.place(of: id)] = newValue
        }
    }

    /// Returns the index of an id in its page. Ids in a file that another program wrote may be negative.
    private static func place(of id: Int64) -> Int { Int(id & (1 << pageBits - 1)) }

    private mutating func turn(to number: Int64) {
        if current?.number == number { return }
        if let current { pages[current.number] = current.numbers }
        // The page in use is not stored elsewhere, so that writing to it copies nothing.
        let numbers = pages.removeValue(forKey: number) ?? Array(repeating: 0, count: 1 << Self.pageBits)
        current = (number, numbers)
    }
}
