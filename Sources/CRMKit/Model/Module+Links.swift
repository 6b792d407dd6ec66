import Localization

extension Module {
    /// The modules whose records can be linked with this module's records: for contacts every module that has links,
    /// for those modules the contact.
    public func linkedModules(in registry: Registry) -> [ModuleName] {
        guard name == registry.center else { return contacts.link == nil ? [] : [registry.center] }
        return registry.modules.filter { $0.contacts.link != nil }.map(\.name)
    }

    /// The plural of the noun as paths have it, `sales_orders`: as a column it holds ids of this module's records, and
    /// an import reads it as links.
    public var linkedKey: String {
        String(plural.en.lowercased().map { $0 == " " ? "_" : $0 })
    }
}
