# The Debian package: `cpack -G DEB` in the build folder, or installer/setup package. One package with
# everything; the same sources give the same bytes (package_config.cmake fixes the time).
set(doc_folder "${CMAKE_INSTALL_DATADIR}/doc/attest")
if(EXISTS /etc/debian_version)
  install(FILES installer/metadata/copyright DESTINATION "${doc_folder}" COMPONENT app)
  install(FILES installer/metadata/lintian-overrides
    DESTINATION "${CMAKE_INSTALL_DATADIR}/lintian/overrides" COMPONENT app RENAME attest)
  attest_install_compressed("${PROJECT_SOURCE_DIR}/installer/metadata/changelog" changelog.Debian "${doc_folder}")
endif()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME attest)
set(CPACK_PACKAGE_VENDOR "Attest developers")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "values out of PDFs and notes, each with its place")
set(CPACK_PACKAGE_DESCRIPTION
"Attest reads PDFs and notes with a small language model on this computer
and turns them into tables: every value is a piece of the document, kept
with its page and place. A window shows the page beside its values for
review; a command line does the same for many documents.
.
Nothing leaves the computer: no program of this package contains network
code. PDFs are opened in a sealed process of their own. A model of six
megabytes is included; other GGUF models can be added.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_PROJECT_CONFIG_FILE "${PROJECT_SOURCE_DIR}/installer/package_config.cmake")
set(CPACK_THREADS 1) # xz writes other bytes with another number of threads

set(CPACK_DEB_COMPONENT_INSTALL OFF)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_MAINTAINER "Attest developers <developers@attest.invalid>")
set(CPACK_DEBIAN_PACKAGE_SECTION text)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
# What the libraries' own dependencies do not say: character maps of Chinese, Japanese and Korean PDFs,
# fonts for PDFs that bring none, the interface font the window looks best in, and windows on Wayland.
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "poppler-data, fonts-urw-base35 | fonts-freefont-ttf, fonts-inter, qt6-translations-l10n, qt6-wayland")

include(CPack)
