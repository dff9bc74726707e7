# Targets `format` (rewrites) and `lint` (format check and clang-tidy) over the tracked sources.

find_program(ATTEST_CLANG_FORMAT NAMES clang-format-14 clang-format)
find_program(ATTEST_RUN_CLANG_TIDY NAMES run-clang-tidy-14 run-clang-tidy)

file(GLOB_RECURSE attest_sources
  base/*.h base/*.cpp engine/*.h engine/*.cpp storage/*.h storage/*.cpp
  extract/*.h extract/*.cpp cli/*.h cli/*.cpp gui/*.h gui/*.cpp tests/*.h tests/*.cpp)

if(ATTEST_CLANG_FORMAT)
  add_custom_target(format COMMAND ${ATTEST_CLANG_FORMAT} -i ${attest_sources} VERBATIM)
endif()
if(ATTEST_CLANG_FORMAT AND ATTEST_RUN_CLANG_TIDY)
  add_custom_target(lint
    COMMAND ${ATTEST_CLANG_FORMAT} --dry-run --Werror ${attest_sources}
    COMMAND ${ATTEST_RUN_CLANG_TIDY} -quiet -p ${CMAKE_BINARY_DIR}
      "${PROJECT_SOURCE_DIR}/(base|engine|storage|extract|cli|gui|tests)/"
    VERBATIM)
endif()
