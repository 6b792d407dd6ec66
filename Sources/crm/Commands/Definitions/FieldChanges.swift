import CLIKit
import CRMKit
import Localization

extension FieldRequest {
    /// Reads the options of a command line.
    init(_ invocation: Invocation) {
        self.init()
        type = invocation.text(of: FieldCommand.type)
        values = invocation[FieldCommand.values]
        en = invocation[FieldCommand.english]
        es = invocation[FieldCommand.spanish]
        isRequired = invocation[FieldCommand.required]
        isKey = invocation[FieldCommand.key]
        defaultText = invocation[FieldCommand.standard]
        isHidden = invocation[FieldCommand.hidden]
    }
}

extension Session {
    /// Changes a field and prints its new definition.
    func changeField(
        _ body: (Transaction, _ rows: DefinedRows, _ key: String) throws -> FieldDefinition
    ) throws {
        let (rows, key) = (DefinedRows(name: invocation.operands[0]), invocation.operands[1])
        try change { transaction in
            let field = try body(transaction, rows, key)
            return (field, transaction.store.choices(of: field))
        } showing: { field, choices in
            try print(field, choices)
        }
    }

    /// Removes the field that the command line names: hides it, or drops it with its values.
    func removeField() throws {
        guard invocation[FieldCommand.purge] else {
            return try changeField { transaction, rows, key in
                try noteViews(lostBy: { _ = try transaction.hideField(key, of: rows) }, in: transaction)
                return try transaction.addedField(key, of: rows)
            }
        }
        let store = try openStore(for: .writing)
        let (rows, key) = (DefinedRows(name: invocation.operands[0]), invocation.operands[1])
        let field = try store.addedField(key, of: rows)
        try confirmPurge(of: field)
        try store.write(writeRequest()) { transaction in
            try noteViews(lostBy: { try transaction.purgeField(key, of: rows) }, in: transaction)
        }
        try tellOutcome { _ in
            let name = "\(field.rows.noun).\(field.key)"
            try note(
                isDryRun
                    ? Text(en: "dry run: would drop \(name)", es: "simulacro: se eliminaría \(name)")
                    : Text(en: "dropped \(name)", es: "se eliminó \(name)")
            )
        }
    }

    /// Removes a field, and tells which views used it.
    private func noteViews(lostBy remove: () throws -> Void, in transaction: Transaction) throws {
        for view in try transaction.viewsLost(by: remove) {
            let (several, spanish) = (registry[view.module].several.en, registry[view.module].several.es)
            try note(
                Text(
                    en: "the view \(view.name) of \(several) uses it, and cannot be used without it",
                    es: "la vista \(view.name) de \(spanish) lo usa, y no se puede usar sin él"
                )
            )
        }
    }

    private func confirmPurge(of field: FieldDefinition) throws {
        if invocation[FieldCommand.yes] || isDryRun { return }
        let name = "\(field.rows.noun).\(field.key)"
        guard canAsk else {
            throw CRMError(
                .usage,
                Text(
                    en: "--purge takes every value of \(name) away for good",
                    es: "--purge elimina para siempre todos los valores de \(name)"
                ),
                hint: Text(en: "to do it, add --yes", es: "para hacerlo, agregar --yes"),
                module: field.module
            )
        }
        let question = Text(
            en: "Drop \(name) with all its values, for good?",
            es: "¿Eliminar \(name) con todos sus valores, para siempre?"
        )
        guard try dialogue.confirms(question) else {
            try note(Text(en: "nothing was dropped", es: "no se eliminó nada"))
            throw CommandFailure(status: ExitStatus.failed)
        }
    }
}
