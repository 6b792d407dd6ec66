import Formats
import Localization

extension BinaryForm {
    /// A message saying what the input is instead of text, and how to get rows from it.
    var remedy: Text {
        switch self {
        case .workbook:
            Text(
                en: "this is the workbook of a spreadsheet; save the sheet as CSV, in UTF-8 if it can be chosen",
                es: "esto es un libro de una hoja de cálculo; guardar la hoja como CSV, en UTF-8 si se puede elegir"
            )
        case .document:
            Text(
                en: "this is a document of an office program; copy its table to a spreadsheet, and save that as CSV",
                es:
                    "esto es un documento de un programa de oficina; copiar su tabla a una hoja de cálculo y guardarla como CSV"
            )
        case .outlookMessage:
            Text(
                en:
                    "this is a message of Outlook (.msg): export contacts from Outlook as CSV; mail is read as .eml or mbox by 'email import'",
                es:
                    "esto es un mensaje de Outlook (.msg): exportar los contactos desde Outlook como CSV; 'email import' lee correo como .eml o mbox"
            )
        case .outlookData:
            Text(
                en:
                    "this is a data file of Outlook (.pst): in Outlook, export the folder to a file of comma separated values, and import that",
                es:
                    "esto es un archivo de datos de Outlook (.pst): en Outlook, exportar la carpeta a un archivo de valores separados por comas e importar ese"
            )
        case .compound:
            Text(
                en: "this is a file of Office or Outlook (.xls, .doc, .msg): save or export what is in it as CSV",
                es:
                    "esto es un archivo de Office u Outlook (.xls, .doc, .msg): guardar o exportar como CSV lo que contiene"
            )
        case .archive:
            Text(
                en: "this is a compressed archive: unpack it, and import the files in it",
                es: "esto es un archivo comprimido: descomprimirlo e importar los archivos que contiene"
            )
        case .pdf:
            Text(
                en: "this is a PDF, of which no rows can be read: get the table as CSV",
                es: "esto es un PDF, del que no se pueden leer filas: obtener la tabla como CSV"
            )
        case .picture:
            Text(
                en: "this is a picture, of which no rows can be read: get the table as CSV",
                es: "esto es una imagen, de la que no se pueden leer filas: obtener la tabla como CSV"
            )
        case .database:
            Text(
                en: "this is a database (SQLite): export its table as CSV; one of this program is opened with --db",
                es:
                    "esto es una base de datos (SQLite): exportar su tabla como CSV; una de este programa se abre con --db"
            )
        }
    }
}
