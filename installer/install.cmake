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
