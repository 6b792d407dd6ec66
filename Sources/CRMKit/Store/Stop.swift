/// What can end the work from outside, as Ctrl-C does.
public protocol Stop: AnyObject {
    /// From now on a wish to stop waits until it is asked for: what has begun is to be taken back in order.
    func hold()
    /// Whether somebody wishes to stop, and the work can still be taken back.
    var isRequested: Bool { get }
    /// What was begun is done for good: a wish to stop that comes now does not change its outcome.
    func pass()
}

extension Store {
    /// Ends what goes on for long where somebody wishes to stop.
    ///
    /// - Throws: ``CRMError`` `interrupted`.
    func checkStop() throws(CRMError) {
        if stop?.isRequested == true { throw CRMError.interruptedUnsaved }
    }
}
