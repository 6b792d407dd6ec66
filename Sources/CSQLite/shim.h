#ifndef CRM_CSQLITE_SHIM_H
#define CRM_CSQLITE_SHIM_H

#include <sqlite3.h>

/* What Swift cannot import: variadic functions, and macros that cast an integer to a function pointer. */

/* Settings of the whole library, which it takes only before its first use; later it leaves them as they are. */
static inline void csqlite_configure(int counts_memory, int statement_journal_bytes) {
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, counts_memory);
    sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, statement_journal_bytes);
}

/* Has a connection trust nothing that stands in a file: what its schema holds may call no function that could do harm, no
   statement may write to the schema's own table or to what virtual tables keep, and a damaged cell is found as it is read. */
static inline int csqlite_distrust_file(sqlite3 *db) {
    int code = sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, (int *)0);
    if (code == SQLITE_OK) code = sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)0);
    return code == SQLITE_OK ? sqlite3_exec(db, "PRAGMA cell_size_check = ON", 0, 0, 0) : code;
}

/* Lets a connection write to the schema's own table and to what virtual tables keep, or not. */
static inline int csqlite_defend(sqlite3 *db, int on) {
    return sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, on, (int *)0);
}

/* Has a connection take "word" for a name and nothing else, in queries and in the schema; the library's own default takes
   it for a string where nothing has the name, so that a mistyped one means something and fails nowhere. */
static inline int csqlite_refuse_double_quoted_strings(sqlite3 *db) {
    int code = sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, (int *)0);
    return code == SQLITE_OK ? sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, (int *)0) : code;
}

/* The number of the system's error that a call on the database's file met last, or one on its log or journal; 0 for none. */
static inline int csqlite_last_errno(sqlite3 *db, int of_journal) {
    int number = 0;
    sqlite3_file *journal = 0;
    if (!of_journal) {
        sqlite3_file_control(db, "main", SQLITE_FCNTL_LAST_ERRNO, &number);
    } else if (
        sqlite3_file_control(db, "main", SQLITE_FCNTL_JOURNAL_POINTER, &journal) == SQLITE_OK && journal
        && journal->pMethods && journal->pMethods->xFileControl
    ) {
        journal->pMethods->xFileControl(journal, SQLITE_FCNTL_LAST_ERRNO, &number);
    }
    return number;
}

/* Whether the file that a connection has open has lost its name, or another file has it by now. */
static inline int csqlite_has_moved(sqlite3 *db) {
    int moved = 0;
    return sqlite3_file_control(db, "main", SQLITE_FCNTL_HAS_MOVED, &moved) == SQLITE_OK && moved;
}

/* Binds a copy of the bytes. SQLite takes a null pointer for NULL, so empty text without an address needs one. */
static inline int csqlite_bind_text_copy(sqlite3_stmt *statement, int index, const void *bytes, sqlite3_uint64 count) {
    const char *text = bytes ? (const char *)bytes : "";
    return sqlite3_bind_text64(statement, index, text, count, SQLITE_TRANSIENT, SQLITE_UTF8);
}

/* Binds the caller's own bytes, which must stay put until the parameter is bound again or the statement is gone. */
static inline int csqlite_bind_text_borrowed(
    sqlite3_stmt *statement, int index, const void *bytes, sqlite3_uint64 count
) {
    const char *text = bytes ? (const char *)bytes : "";
    return sqlite3_bind_text64(statement, index, text, count, SQLITE_STATIC, SQLITE_UTF8);
}

/* Binds the caller's own bytes as a BLOB, under the same condition. */
static inline int csqlite_bind_blob_borrowed(
    sqlite3_stmt *statement, int index, const void *bytes, sqlite3_uint64 count
) {
    return sqlite3_bind_blob64(statement, index, bytes ? bytes : "", count, SQLITE_STATIC);
}

/* Binds a copy of the bytes as a BLOB; an empty one is a BLOB of no bytes, not NULL. */
static inline int csqlite_bind_blob_copy(sqlite3_stmt *statement, int index, const void *bytes, sqlite3_uint64 count) {
    return sqlite3_bind_blob64(statement, index, bytes ? bytes : "", count, SQLITE_TRANSIENT);
}

/* The same two for the result of a function. */
static inline void csqlite_result_text_copy(sqlite3_context *context, const void *bytes, sqlite3_uint64 count) {
    sqlite3_result_text64(context, bytes ? (const char *)bytes : "", count, SQLITE_TRANSIENT, SQLITE_UTF8);
}

static inline void csqlite_result_blob_copy(sqlite3_context *context, const void *bytes, sqlite3_uint64 count) {
    sqlite3_result_blob64(context, bytes ? bytes : "", count, SQLITE_TRANSIENT);
}

#endif
