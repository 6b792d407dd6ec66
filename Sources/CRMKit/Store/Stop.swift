/// A request to stop the work from outside, as by Ctrl-C.
public protocol Stop: AnyObject {
    /// From now on a request to stop ends nothing by itself. It is noted for ``isRequested``, so that the work begun can
    /// be rolled back in order.
    func hold()
    /// Whether a stop was requested while the work could still be rolled back.
    var isRequested: Bool { get }
    /// Declares the present work as done for good: a later request to stop no longer changes its outcome.
    func pass()
}

extension Store {
    /// Ends long work if a stop was requested.
    ///
    /// - Throws: ``CRMError`` `interrupted`.
    public func checkStop() throws(CRMError) {
        if stop?.isRequested == true { throw CRMError.interruptedUnsaved }
    }
}
