import Formats
import Localization

extension Transaction {
    /// Stores the settings in a line. Those that were configured otherwise here are told, since they decide about all
    /// that is written next: the currency of amounts, the country of telephones, the letterhead.
    ///
    /// - Returns: whether a setting changed.
    /// - Throws: ``LineFault`` for an unknown setting or an invalid value.
    func store(settings: [JSONMember]) throws -> Bool {
        let former = try store.settings().stored
        var isChanged = false
        var replaced: [String] = []
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
                guard try store(key, as: value.text) else { continue }
                isChanged = true
                if former[key] != nil { replaced.append(key.name) }
            } catch {
                throw LineFault(field: member.name, value: try? member.value.cellText(), cause: error)
            }
        }
        if !replaced.isEmpty {
            let keys = replaced.joined(separator: ", ")
            notice(
                Text(
                    en: """
                        settings of the input take the place of those here: \(keys); without its line of settings these stay
                        """,
                    es: """
                        los ajustes de la entrada sustituyen a los de aquí: \(keys); sin su línea de ajustes estos quedan
                        """
                )
            )
        }
        return isChanged
    }
}
