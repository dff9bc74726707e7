// Short ways to libraries with something in them.
#pragma once

#include "storage/database.h"
#include "storage/job_store.h"
#include "storage/library_list.h"
#include "storage/sample_run.h"
#include "storage/statement.h"
#include "support/catch.h"

#include <string>
#include <utility>

namespace attest::test {

inline storage::Database memoryLibrary() {
    auto db = storage::Database::openInMemory();
    INFO((db.ok() ? std::string() : db.error().message));
    REQUIRE(db.ok());
    return std::move(db).value();
}

// The value, or a failed test with the message.
template <typename T>
T must(Result<T> result) {
    INFO((result.ok() ? std::string() : result.error().message));
    REQUIRE(result.ok());
    return std::move(result).value();
}

inline void must(const Result<void>& result) {
    INFO((result.ok() ? std::string() : result.error().message));
    REQUIRE(result.ok());
}

inline std::string queryText(const storage::Database& db, std::string_view sql) {
    auto query = must(storage::Statement::prepare(db, sql));
    REQUIRE(must(query.step()));
    return query.text(0);
}

inline std::int64_t queryInt(const storage::Database& db, std::string_view sql) {
    return std::stoll(queryText(db, sql));
}

// The document of sampleRun(name) before anything has read it.
inline storage::NewSource sampleSource(const std::string& name) {
    const storage::NewRun run = sampleRun(name);
    storage::NewSource source;
    source.sha256 = run.document.sha256;
    source.fileName = name;
    source.path = run.document.path;
    source.kind = run.document.kind;
    source.byteSize = run.document.byteSize;
    return source;
}

inline std::int64_t addSample(storage::Database& db, const std::string& name) {
    return must(registerSources(db, {sampleSource(name)}, 1000)).front().documentId;
}

// The job whose result sampleRun(name) is.
inline storage::NewJob sampleJob(std::int64_t documentId) {
    storage::NewJob job;
    job.documentId = documentId;
    job.kind = storage::kRunExtraction;
    job.asked = sampleRun("").asked;
    job.parametersJson = "{}";
    return job;
}

} // namespace attest::test
