import SQLite

/// The attributes that input gives for a link, in the order of the link's definition.
public struct LinkAttributes: Sendable {
    /// One for each attribute; `nil` where input says nothing about it.
    public private(set) var values: [Value?]
    /// The units given with numbers, by the positions of the attributes.
    private(set) var units: [Int: Choice] = [:]
    private let link: LinkDefinition

    /// Creates attributes with none given.
    public init(of link: LinkDefinition) {
        self.link = link
        values = Array(repeating: nil, count: link.attributes.count)
    }

    /// The value given for an attribute; `nil` where input says nothing about it or the links have no such attribute.
    ///
    /// - Precondition: the links have an attribute that is set.
    public subscript(key: String) -> Value? {
        get { link.index[key].flatMap { values[$0] } }
        set {
            guard let position = link.index[key] else { preconditionFailure("links have no attribute '\(key)'") }
            values[position] = newValue
        }
    }

    subscript(position: Int) -> Value? {
        get { values[position] }
        set { values[position] = newValue }
    }

    /// Sets an attribute to what ``Field/readForLink(_:in:)`` has read.
    mutating func set(_ position: Int, to reading: (value: Value, unit: Choice?)) {
        values[position] = reading.value
        units[position] = reading.unit
    }

    /// Whether input says nothing at all.
    public var isEmpty: Bool { values.allSatisfy { $0 == nil } }
}
