/// A request to stop the work from outside, as by Ctrl-C.
public protocol Stop: AnyObject {
    /// From now on a wish to stop waits until it is asked for: what has begun is to be taken back in order.
    func hold()
    /// Whether somebody wishes to stop, and the work can still be taken back.
    var isRequested: Bool { get }
    /// Declares the present work as done for good: a later request to stop no longer changes its outcome.
    func pass()
}

extension Store {
    /// Ends what goes on for long where somebody wishes to stop.
    ///
    /// - Throws: ``CRMError`` `interrupted`.
    public func checkStop() throws(CRMError) {
        if stop?.isRequested == true { throw CRMError.interruptedUnsaved }
    }
}
