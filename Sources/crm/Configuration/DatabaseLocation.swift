import CLIKit
import CRMKit
import Localization

/// The path of the database: `--db`, CRM_DB, or `$XDG_DATA_HOME/crm/crm.db`.
struct DatabaseLocation {
    let path: String
    /// Whether the path is the default one, where the first write creates the file.
    let isDefault: Bool

    /// - Parameter option: the path given on the command line.
    /// - Throws: ``CRMError`` `configuration` if the location cannot be determined.
    init(option: String?, environment: Environment) throws(CRMError) {
        if let given = option ?? environment["CRM_DB"] {
            path = given
            isDefault = false
            return
        }
        let folder =
            if let data = environment.absolutePath("XDG_DATA_HOME") {
                data
            } else if let home = environment.absolutePath("HOME") {
                "\(home)/.local/share"
            } else {
                throw CRMError(
                    .configuration,
                    Text(
                        en: "no database is named, and HOME is no absolute path",
                        es: "no se indica una base de datos y HOME no es una ruta absoluta"
                    ),
                    hint: Text(en: "name a file with --db or CRM_DB", es: "indicar un archivo con --db o CRM_DB")
                )
            } as String
        path = "\(folder)/crm/crm.db"
        isDefault = true
    }
}
