import FuzzTargets

/// What is called so of the readers of foreign bytes.
func namedCheck(_ name: String) -> (@Sendable ([UInt8]) throws -> Void)? {
    FuzzTarget(rawValue: name).map { target in { try target.check($0) } }
}
