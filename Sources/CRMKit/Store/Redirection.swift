/// A reference named a record that has become one with another.
public struct Redirection: Sendable, Hashable {
    /// The module of both.
    public let module: ModuleName
    /// The id that the record had.
    public let former: Int64
    /// The record that was kept.
    public let kept: Int64
}
