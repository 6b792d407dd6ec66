#ifndef CRM_CSQLITE_SHIM_H
#define CRM_CSQLITE_SHIM_H

#include <sqlite3.h>

#endif
