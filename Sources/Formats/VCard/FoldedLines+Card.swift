extension FoldedLines {
    /// Skips a nested card that begins at line `index`, and returns its lines, including BEGIN and END; nil if there is
    /// none.
    ///
    /// - Parameter isOpen: whether its BEGIN is on the line before.
    func nestedCard(at index: inout Int, isOpen: Bool) -> Range<Int>? {
        let first = index
        var depth = isOpen ? 1 : 0
        repeat {
            guard index < count else { break }
            switch VCardMarker(self[index]) {
            case .begin: depth += 1
            case .end: depth -= 1
            case .endAndBegin, nil: break
            }
            if depth > 0 || index > first || isOpen { index += 1 }
        } while depth > 0
        return index > first ? first..<index : nil
    }

    /// The value of the first VERSION and the index of its line; nil if the card has none.
    var version: (text: String, index: Int)? {
        for index in 0..<count {
            guard let first = self[index].first, first | 0x20 == UInt8(ascii: "v"),
                let value = Self.value(of: "version", in: unfolded(index))
            else { continue }
            return (String(decoding: value, as: UTF8.self), index)
        }
        return nil
    }

    /// Returns a line joined with its folded continuation lines.
    private func unfolded(_ index: Int) -> ArraySlice<UInt8> {
        let folds = (index + 1..<count).prefix { Self.isIndented(self[$0]) }
        return folds.reduce(self[index]) { $0 + self[$1].dropFirst() }
    }
}
