extension Array {
    /// Returns the elements, with their offsets, in the order of the positions that they state. Those that state none stay
    /// behind the ones before them.
    func inOrder(of position: (Element) -> Int64?) -> [(offset: Int, element: Element)] {
        var last: Int64 = 0
        let places = enumerated().map { offset, element in
            last = position(element) ?? last
            return (last, offset)
        }
        return places.sorted { $0 < $1 }.map { (offset: $0.1, element: self[$0.1]) }
    }
}
