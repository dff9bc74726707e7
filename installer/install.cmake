# What `cmake --install` puts where. Paths are relative: the programs find each other and their resources
# from where they lie (extract/resources.h, extract/document_reader.h).
include(GNUInstallDirs)

install(TARGETS attest RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT app)
install(TARGETS attest-reader RUNTIME DESTINATION ${CMAKE_INSTALL_LIBEXECDIR}/attest COMPONENT app)
install(DIRECTORY resources/templates resources/models resources/samples
  DESTINATION ${CMAKE_INSTALL_DATADIR}/attest
  COMPONENT resources
  PATTERN "*.py" EXCLUDE
  PATTERN "__pycache__" EXCLUDE)

set(manual_pages attest.1 attest-reader.8)
if(TARGET attest-gui)
  install(TARGETS attest-gui RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT app)
  install(FILES installer/metadata/org.attest.Attest.desktop
    DESTINATION ${CMAKE_INSTALL_DATADIR}/applications COMPONENT app)
  install(FILES installer/metadata/org.attest.Attest.metainfo.xml
    DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo COMPONENT app)
  install(FILES installer/metadata/attest-template.xml
    DESTINATION ${CMAKE_INSTALL_DATADIR}/mime/packages COMPONENT app)
  install(FILES resources/icons/attest.svg
    DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps COMPONENT app)
  install(DIRECTORY docs/images DESTINATION ${CMAKE_INSTALL_DATADIR}/attest/guide COMPONENT resources
    FILES_MATCHING PATTERN "*-light.png")
  list(APPEND manual_pages attest-gui.1)
endif()

# gzip -n: the same bytes whenever it runs. Without gzip the texts go in as they are.
find_program(ATTEST_GZIP gzip)
function(attest_install_compressed source name destination)
  configure_file("${source}" "${PROJECT_BINARY_DIR}/installer/${name}" COPYONLY)
  if(ATTEST_GZIP)
    execute_process(COMMAND "${ATTEST_GZIP}" -9nf "${PROJECT_BINARY_DIR}/installer/${name}" COMMAND_ERROR_IS_FATAL ANY)
    string(APPEND name .gz)
  endif()
  install(FILES "${PROJECT_BINARY_DIR}/installer/${name}" DESTINATION "${destination}" COMPONENT app)
endfunction()

foreach(page IN LISTS manual_pages)
  string(REGEX MATCH "[0-9]$" section "${page}")
  attest_install_compressed("${PROJECT_SOURCE_DIR}/installer/man/${page}" "${page}"
    "${CMAKE_INSTALL_MANDIR}/man${section}")
endforeach()
