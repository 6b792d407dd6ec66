import Formats

extension Transaction {
    /// Stores the settings in a line.
    ///
    /// - Returns: whether a setting changed.
    /// - Throws: ``LineFault`` for an unknown setting or an invalid value.
    func store(settings: [JSONMember]) throws -> Bool {
        var isChanged = false
        for member in settings {
            do {
                let keys = Settings.Key.all(in: store.registry)
                guard let key = Settings.Key(name: member.name), keys.contains(key) else {
                    let known = keys.map(\.name).joined(separator: ", ")
                    throw ValueError(
                        en: "no such setting; known are \(known)",
                        es: "no existe ese ajuste; se conocen \(known)"
                    )
                }
                let text = try member.value.cellText() ?? ""
                let value = try key.parse(text, in: values, store.registry)
                isChanged = try store(key, as: value.text) || isChanged
            } catch {
                throw LineFault(field: member.name, value: try? member.value.cellText(), cause: error)
            }
        }
        return isChanged
    }
}
