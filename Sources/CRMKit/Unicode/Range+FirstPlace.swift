extension Range<Int> {
    /// Returns the first place at which a condition holds, by binary search: it must hold for all places after that, as
    /// in a sorted table. Returns the end where it holds for none.
    func firstPlace(where holds: (Int) -> Bool) -> Int {
        var (low, high) = (lowerBound, upperBound)
        while low < high {
            let middle = (low + high) / 2
            if holds(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
