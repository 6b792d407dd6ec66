import CLIKit
import CRMKit
import Formats
import Localization

/// The options and operands of `add` on a command line.
struct AddRequest {
    /// The values for the fields.
    let inputs: [FieldInput]
    /// The named contacts; `-` for those on standard input.
    let contacts: [String]
    /// The attributes of the links with the contacts, with their keys.
    let attributes: [(key: String, text: String)]

    init(_ invocation: Invocation, _ module: Module, _ center: ModuleName) throws(CRMError) {
        let inputs = try FieldOptions(module).inputs(in: invocation)
        self.inputs = module.contactUse == .oneEach ? inputs.filter { $0.field != center.rawValue } : inputs
        contacts = module.contactUse == .none ? [] : invocation[AddVerb.contact(of: module, center)]
        attributes = module.contacts.link.map { LinkOptions($0).texts(in: invocation) } ?? []
    }

    private init(_ inputs: [FieldInput], _ request: AddRequest) {
        (self.inputs, contacts, attributes) = (inputs, request.contacts, request.attributes)
    }

    /// Returns the request with other values for the fields.
    func with(_ inputs: [FieldInput]) -> AddRequest { AddRequest(inputs, self) }
}

/// A single run of `add`: asks for missing values, writes, and shows the new records.
struct Addition {
    private let session: Session
    private let module: Module
    private let request: AddRequest
    private var inputs: [FieldInput]
    private var attributes: [(key: String, text: String)]

    init(_ request: AddRequest, module: Module, session: Session) throws(CRMError) {
        self.session = session
        self.module = module
        self.request = request
        inputs = try session.meant(by: request.inputs)
        attributes = request.attributes
    }

    /// Adds the requested records.
    consuming func run() throws {
        let rows = try session.partFiles(of: module.givenParts)
        inputs += rows
        var contacts = try GivenContacts(request.contacts, in: session)
        if let option = idleInput(contacts, rows) { return try addNothing(for: option) }
        var form = session.canAsk && contacts.source == .options ? try askForMissing(contacts) : nil
        if let form { take(form, &contacts) }
        var store: Store?
        var saved: [Int64]?
        while saved == nil {
            do {
                if store == nil { try tryOut(contacts) }
                let opened = try store ?? session.openStore(for: .writing)
                store = opened
                saved = try save(contacts, in: opened)
            } catch let error as CRMError where form?.canChange(after: error) ?? false {
                guard try form?.reviewAgain(after: error) ?? false else { throw try notSaved() }
                if let form { take(form, &contacts) }
            }
        }
        guard let ids = saved, let written = store, !session.writeRequest().isDryRun else {
            return try session.noteDryRun()
        }
        try session.tellOutcome(ids) { _ in try present(ids, from: contacts, in: written) }
    }

    /// Returns the option that reads standard input, if nothing came in on it: the left side of a pipe found nothing.
    private func idleInput(_ contacts: GivenContacts, _ rows: [FieldInput]) -> String? {
        if contacts.source == .input, contacts.references.isEmpty {
            return AddVerb.contact(of: module, session.registry.center).spelling
        }
        return module.givenParts.first { part in
            guard session.invocation[PartOptions(part).file] == "-" else { return false }
            return rows.contains { row in
                guard row.field == part.key, case .addRecords(let records) = row.change else { return false }
                return records.isEmpty
            }
        }.map { PartOptions($0).file.spelling }
    }

    private func addNothing(for option: String) throws {
        try session.note(
            Text(
                en: "nothing came in for \(option): nothing was added",
                es: "no llegó nada para \(option): no se agregó nada"
            )
        )
        try session.show([], of: module, in: session.openStore(for: .writing), asList: true)
    }

    /// Tries to write the records, where the database is not made yet: a refused record makes none.
    private func tryOut(_ contacts: GivenContacts) throws {
        guard !session.isDryRun, let store = try session.storeInPlaceOfMissing() else { return }
        try checkIsTold(contacts)
        let attributes = try module.contacts.link.map { try store.linkAttributes($0, from: self.attributes) }
        try store.write(session.writeRequest().trial) { transaction in
            try checkContacts(contacts, in: transaction.store)
            _ = try write(contacts, attributes, in: transaction)
        }
    }

    /// Writes the records. A dry run shows them while they are there.
    ///
    /// - Returns: their ids.
    private func save(_ contacts: GivenContacts, in store: Store) throws -> [Int64] {
        try checkIsTold(contacts)
        let attributes = try module.contacts.link.map { try store.linkAttributes($0, from: self.attributes) }
        let writing = session.writeRequest()
        return try store.write(writing) { transaction in
            try checkContacts(contacts, in: transaction.store)
            let ids = try write(contacts, attributes, in: transaction)
            for id in ids { try transaction.settleMail(id, of: module) }
            try session.report(of: transaction)
            if writing.isDryRun { try present(ids, from: contacts, in: store) }
            return ids
        }
    }

    /// Refuses to add a record without any values, in a module that requires no field.
    private func checkIsTold(_ contacts: GivenContacts) throws(CRMError) {
        guard inputs.allSatisfy(\.isEmpty), contacts.references.isEmpty, contacts.made.isEmpty,
            contacts.source == .options, attributes.isEmpty, !module.fields.contains(where: \.isRequired),
            let field = module.field(module.displayKey)
        else { return }
        throw CRMError(
            .usage,
            Text(
                en: "nothing is said of the \(module.one.en): give a field, such as --\(field.flag)",
                es: "no se dice nada \(module.spanish.ofThe): indicar algún campo, como --\(field.flag)"
            ),
            module: module.name
        )
    }

    /// Lets the user fill in missing values. A wrong value on the command line is an error, not a question.
    ///
    /// The database is only read meanwhile, so that leaving with Ctrl-C leaves no file and no lock behind.
    ///
    /// - Returns: the answered form; `nil` if nothing is missing, and for values that are wrong.
    private func askForMissing(_ contacts: GivenContacts) throws -> Form? {
        let store = try session.openStoreToAsk()
        try check(contacts, in: store)
        let writing = session.writeRequest()
        let record = try PartialRecord(
            module,
            inputs: inputs,
            contacts: contacts.references,
            in: store,
            isForced: writing.isForced
        )
        // A command that says nothing about the record asks for the form, even if no field is required.
        let isBlank = record.isIncomplete || inputs.isEmpty
        let isAsked = isBlank || !(record.preview?.questions.isEmpty ?? true)
        guard isAsked, record.problems.isEmpty else { return nil }
        var form = Form(
            record,
            attributes: attributes,
            in: store,
            dialogue: session.dialogue,
            refusesDuplicates: writing.refusesDuplicates
        )
        guard try isBlank ? form.fill() : form.askOnlyQuestions() else { throw try notSaved() }
        return form
    }

    /// Reports that the user left the form, and returns the failure that ends the command.
    private func notSaved() throws -> CommandFailure {
        try session.note(Text(en: "nothing was saved", es: "no se guardó nada"))
        return CommandFailure(status: ExitStatus.failed)
    }

    /// Takes over the answers of a form.
    private mutating func take(_ form: Form, _ contacts: inout GivenContacts) {
        inputs = form.inputs
        attributes = form.links.attributes
        contacts.references = module.contactUse == .oneEach ? form.record.contacts : form.links.contacts
        contacts.made = form.links.made
    }

    /// Checks the named contacts and the attributes of the links before anything else is asked.
    private func check(_ contacts: GivenContacts, in store: Store) throws {
        let center = session.registry[session.registry.center]
        for reference in contacts.references { _ = try store.id(of: reference, in: center) }
        if let link = module.contacts.link { _ = try store.linkAttributes(link, from: attributes) }
    }

    /// Reports unknown contacts before missing fields, since a value may be missing because of them. This concerns
    /// contacts to link with; a contact that the record belongs to is one of its fields.
    private func checkContacts(_ contacts: GivenContacts, in store: Store) throws {
        guard module.contactUse != .oneEach, contacts.source == .options else { return }
        let center = session.registry[session.registry.center]
        for reference in contacts.references { _ = try store.id(of: reference, in: center) }
    }

    private func present(_ ids: [Int64], from contacts: GivenContacts, in store: Store) throws {
        let isList =
            ids.count != 1 || contacts.source == .input
            || contacts.references.count > 1 && module.contactUse == .oneEach
        try session.show(ids, of: module, in: store, asList: isList)
    }

    private func write(
        _ contacts: GivenContacts,
        _ attributes: LinkAttributes?,
        in transaction: Transaction
    ) throws -> [Int64] {
        switch module.contactUse {
        case .none: [try transaction.add(module, inputs)]
        case .oneEach: try addOneEach(contacts, in: transaction)
        case .linked: [try addLinked(contacts, attributes, in: transaction)]
        case .pointed: [try addPointed(contacts, in: transaction)]
        }
    }

    /// Adds a record for each contact.
    private func addOneEach(_ contacts: GivenContacts, in transaction: Transaction) throws -> [Int64] {
        if contacts.references.isEmpty, contacts.source == .options {
            return [try transaction.add(module, inputs)]
        }
        let shared = SharedInputs(
            inputs,
            of: module,
            for: contacts.references,
            as: session.registry.center.rawValue,
            in: transaction.store,
            isForced: session.writeRequest().isForced
        )
        var named: Set<Int64> = []
        return try forEach(contacts) { (reference: String) -> Int64? in
            if let id = try contact(called: reference, in: transaction.store), !named.insert(id).inserted {
                try session.note(isNamedAgain(id))
                return nil
            }
            do {
                return try transaction.add(module, shared.inputs(for: reference))
            } catch let error as CRMError where contacts.source == .options {
                throw try advising(error, for: reference, in: transaction.store)
            }
        }.compactMap(\.self)
    }

    /// Returns the error for a record that lacks what its contact would give it, with what to write.
    private func advising(_ error: CRMError, for reference: String, in store: Store) throws -> CRMError {
        let center = session.registry[session.registry.center]
        let missing = error.problems.filter { $0.value == nil }.compactMap { center.field($0.field) }
        let given = missing.first { $0.type.target != nil && module.field($0.key)?.type.target == $0.type.target }
        guard error.hint == nil, let field = given, let contact = try contact(called: reference, in: store) else {
            return error
        }
        let called = try store.described(contact, in: center).words()
        let edit = "\(session.program) \(center.name.noun) edit \(contact) --\(field.flag) REF"
        var error = error
        error.hint = Text(
            en: "\(called.en) has no \(field.label.en.lowercased()): give --\(field.flag), or first '\(edit)'",
            es: "\(called.es) no tiene \(field.label.es.lowercased()): indicar --\(field.flag), o antes «\(edit)»"
        )
        return error
    }

    /// Adds a record with links to the contacts.
    private func addLinked(
        _ contacts: GivenContacts,
        _ attributes: LinkAttributes?,
        in transaction: Transaction
    ) throws -> Int64 {
        let center = session.registry[session.registry.center]
        let first = try contacts.references.first.flatMap { try contact(called: $0, in: transaction.store) }
        let brought = try first.map { try transaction.store.brought(by: $0, to: module, besides: inputs) }
        let id = try transaction.add(module, inputs + (brought ?? []))
        guard let attributes else { return id }
        if contacts.references.isEmpty, contacts.made.isEmpty, contacts.source == .options {
            guard attributes.isEmpty else {
                throw CRMError(
                    .usage,
                    Text(
                        en: "attributes of a link are given, but no --contact to link",
                        es: "se dan atributos de un vínculo, pero ningún --contact que vincular"
                    )
                )
            }
            try transaction.linkFollowing(id, of: module)
        }
        for made in contacts.made {
            _ = try transaction.link(module, contact: transaction.add(center, made), record: id, attributes)
        }
        _ = try forEach(contacts) { reference in
            let contact = try transaction.store.id(of: reference, in: center)
            return try transaction.link(module, contact: contact, record: id, attributes)
        }
        return id
    }

    /// Adds a record, to which the contacts then point.
    private func addPointed(_ contacts: GivenContacts, in transaction: Transaction) throws -> Int64 {
        let center = session.registry[session.registry.center]
        let id = try transaction.add(module, inputs)
        for made in contacts.made {
            _ = try transaction.point(center, "\(transaction.add(center, made))", at: module, id: id)
        }
        _ = try forEach(contacts) { reference in
            try transaction.point(center, reference, at: module, id: id)
        }
        return id
    }

    /// Returns the contact that a reference names; `nil` if there is none, which is reported later together with other
    /// errors.
    private func contact(called reference: String, in store: Store) throws -> Int64? {
        do {
            return try store.id(of: reference, in: session.registry[session.registry.center])
        } catch {
            return nil
        }
    }

    private func isNamedAgain(_ contact: Int64) -> Text {
        let one = "\(module.spanish.agreeing("un solo", "una sola")) \(module.spanish.one)"
        return Text(
            en: "contact \(contact) is named twice and gets one \(module.one.en)",
            es: "el contacto \(contact) se nombra dos veces y recibe \(one)"
        )
    }

    /// Calls a body for each contact. In a list from standard input every bad line is reported.
    private func forEach<Result>(
        _ contacts: GivenContacts,
        _ body: (String) throws -> Result
    ) throws -> [Result] {
        var results: [Result] = []
        var refused = 0
        for (index, reference) in contacts.references.enumerated() {
            do {
                results.append(try body(reference))
            } catch let error as CRMError where contacts.source == .input && error.concernsOneRow {
                refused += 1
                try session.report(
                    RowProblem(
                        row: index + 1,
                        line: contacts.lines[index],
                        field: session.registry.center.rawValue,
                        value: reference,
                        error: error
                    )
                )
            } catch let error as CRMError where contacts.references.count > 1 && !error.problems.isEmpty {
                // With several contacts, the error names the one that lacks a value.
                let message = Text(
                    en: "\(error.message.en) for contact \(reference)",
                    es: "\(error.message.es) para el contacto \(reference)"
                )
                var named = error
                named.message = message
                throw named
            }
        }
        guard refused == 0 else {
            throw CRMError(
                .rejected,
                Text(
                    en: "\(refused) of \(contacts.references.count) lines were refused; nothing was saved",
                    es: "se rechazaron \(refused) de \(contacts.references.count) líneas; no se guardó nada"
                )
            )
        }
        return results
    }
}
