extension Range<Int> {
    /// The first place for which a condition holds that holds for all after it, as in a sorted table; the end where it
    /// holds for none.
    func firstPlace(where holds: (Int) -> Bool) -> Int {
        var (low, high) = (lowerBound, upperBound)
        while low < high {
            let middle = (low + high) / 2
            if holds(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
