import Localization

/// Why a row is not taken for the record that it matches.
enum MatchRefusal {
    /// A row of the input before it is about the record.
    static func repeated(_ id: Int64, as first: Text, in module: Module) -> CRMError {
        let record = module.called(id)
        return CRMError(
            .refused,
            Text(
                en:
                    "this is \(record.en), as \(first.en) is: give them what tells them apart, or --on-repeat last to let the later one decide",
                es:
                    "es \(record.es), igual que la \(first.es): darles lo que los distingue, o --on-repeat last para que decida la posterior"
            )
        )
    }

    /// The id is that of no record, where nobody said that ids are those of this database.
    static func strange(_ id: Int64, in module: Module) -> CRMError {
        let missing = Store.missing(id, in: module).message
        return CRMError(
            .notFound,
            Text(
                en: "\(missing.en); to add the row as a new record pass the column over with --map id=-",
                es: "\(missing.es); para agregar la fila como registro nuevo, omitir la columna con --map id=-"
            )
        )
    }

    /// The id is that of a record which seems to be another, where nobody said that ids are those of this database.
    static func foreign(_ record: Record) -> CRMError {
        let called = record.module.called(record.id)
        let name = record[record.module.displayKey].text.map { " (\($0))" } ?? ""
        return CRMError(
            .refused,
            Text(
                en:
                    "the id is that of \(called.en)\(name), with which the row has nothing in common: give --match id to change it all the same, or --map id=- to add a new record",
                es:
                    "el id es el de \(called.es)\(name), con el que la fila no tiene nada en común: dar --match id para cambiarlo de todos modos, o --map id=- para agregar un registro nuevo"
            )
        )
    }
}
