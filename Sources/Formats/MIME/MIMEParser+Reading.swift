extension MIMEParser {
    /// Parses a whole message.
    ///
    /// - Parameters:
    ///   - handler: receives the message's parts.
    ///   - unquotesFrom: as in ``init(_:unquotesFrom:)``.
    ///   - read: calls a closure with the bytes in pieces.
    /// - Returns: the handler, after the end of the message.
    @discardableResult
    public static func read<Handler: MIMEHandler>(
        _ handler: Handler,
        unquotesFrom: Bool = false,
        _ read: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void
    ) throws -> Handler {
        var parser = MIMEParser(handler, unquotesFrom: unquotesFrom)
        try read { try parser.append($0) }
        try parser.finish()
        if parser.lacksParts { handler.endIncomplete() }
        return handler
    }
}
