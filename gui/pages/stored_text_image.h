// A page whose file is gone or cannot be drawn: its stored text, each word where it stood.
#pragma once

#include "storage/document_store.h"

#include <QColor>
#include <QFont>
#include <QImage>
#include <QRect>
#include <QSize>

namespace attest::gui {

struct StoredTextLook {
    QFont font; // its size does not matter: words are as high as their boxes
    QColor ink;
    QColor paper;
};

// `part` of the page that is `page` pixels large. Any thread. Null: no memory.
QImage drawStoredText(const storage::PageRecord& record,
                      QSize page,
                      const QRect& part,
                      const StoredTextLook& look);

} // namespace attest::gui
