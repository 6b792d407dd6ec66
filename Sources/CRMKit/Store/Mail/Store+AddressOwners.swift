extension Store {
    /// The maximum number of contacts with one address that are returned.
    private static let mostOwners = 100

    /// Returns the contacts that have an e-mail address, also as a contact point, besides one of them.
    public func contacts(having address: String, besides other: Int64) throws -> [Int64] {
        let module = registry[registry.center]
        guard let places = KeyPlaces("email", in: module) else { return [] }
        return try KeyLookup(places, of: module, in: self).ids(of: address, besides: other, atMost: Self.mostOwners)
    }
}
