/// A write in progress, as far as the store knows it: `Transaction`, which stands above it.
protocol OngoingWrite: AnyObject {
    /// Writes what the write has counted so far and keeps for its end, so that it can be read in the file.
    func flushCounters() throws
}
