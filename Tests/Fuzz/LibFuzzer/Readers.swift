import FuzzTargets

/// What is called so of the readers of foreign bytes.
func namedCheck(_ name: String) -> (@Sendable ([UInt8]) throws -> Void)? {
    guard let target = FuzzTarget(rawValue: name) else { return nil }
    return { try target.check($0) }
}
