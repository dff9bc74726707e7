// Runs for tests: a two-page document with three values, as the pipeline would store it.
#pragma once

#include "base/sha256.h"
#include "storage/result_store.h"

#include <string>

namespace attest::test {

inline storage::NewRun sampleRun(const std::string& name) {
    storage::NewRun run;
    run.document.sha256 = sha256Hex(name);
    run.document.fileName = name;
    run.document.path = "/in/" + name;
    run.document.kind = "pdf";
    run.document.byteSize = 1234;
    run.document.status = "ok";
    run.document.pages = {{"Metformin 500\nmg  twice daily", {1, 2, 3, 65535}, 595.0, 842.0},
                          {"Gr\u00f6\u00dfe 1,80 m", {}, 595.0, 842.0}};
    run.asked = {sha256Hex("{}"), "medications", 1, "Medications", "{}"};
    run.model = {sha256Hex("model"), "tiny", "llama", 99};
    run.run.kind = storage::kRunExtraction;
    run.run.fileName = name;
    run.run.path = "/in/" + name;
    run.run.engineVersion = "0.1.0";
    run.run.parametersJson = "{}";
    run.run.startedAt = 1700000000;
    run.run.finishedAt = 1700000002;
    run.run.status = "complete";
    run.run.valuesJson = R"({"medications":[{"drug":"Metformin","dose":"500 mg","route":null}]})";
    run.run.timingJson = R"({"totalSeconds":2.0})";

    storage::ValueRecord drug;
    drug.pointer = "/medications/0/drug";
    drug.group = "medications";
    drug.instance = 0;
    drug.field = "drug";
    drug.kind = storage::kKindVerbatim;
    drug.status = storage::kStatusOk;
    drug.text = "Metformin";
    drug.span = SourceSpan{0, 0, 9};
    drug.boxes = {{0.1F, 0.2F, 0.3F, 0.25F}};
    drug.logProbability = -0.5;
    drug.minFeasibleMass = 0.75;
    run.values.push_back(drug);

    storage::ValueRecord dose = drug;
    dose.pointer = "/medications/0/dose";
    dose.field = "dose";
    dose.text = "500 mg"; // crosses a line break
    dose.span = SourceSpan{0, 10, 16};
    dose.boxes = {{0.3F, 0.2F, 0.4F, 0.25F}, {0.1F, 0.3F, 0.2F, 0.35F}};
    dose.normalised = "500";
    dose.unit = "mg";
    dose.normRule = "quantity";
    run.values.push_back(dose);

    storage::ValueRecord route = drug;
    route.pointer = "/medications/0/route";
    route.field = "route";
    route.status = storage::kStatusNotStated;
    route.text.reset();
    route.span.reset();
    route.boxes.clear();
    run.values.push_back(route);
    return run;
}

} // namespace attest::test
