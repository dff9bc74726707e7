#include "gui/page_view_support.h"

#include "extract/document_reader.h"
#include "support/catch.h"

#include <QAccessible>
#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMouseEvent>
#include <QTest>
#include <QWheelEvent>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <set>
#include <sstream>
#include <unistd.h>

namespace attest::gui {

namespace {

void send(QWidget* widget, QEvent::Type type, QPoint point, Qt::MouseButtons buttons) {
    const Qt::MouseButton button = type == QEvent::MouseMove ? Qt::NoButton : Qt::LeftButton;
    QMouseEvent event(
        type, QPointF(point), QPointF(widget->mapToGlobal(point)), button, buttons, Qt::NoModifier);
    QCoreApplication::sendEvent(widget, &event);
}

void collectStrings(const QJsonValue& value, std::set<std::string>& found) {
    if (value.isString()) {
        found.insert(value.toString().toStdString());
    }
    for (const QJsonValue& one : value.toArray()) {
        collectStrings(one, found);
    }
    for (const QJsonValue& one : value.toObject()) {
        collectStrings(one, found);
    }
}

std::set<std::string> goldValues(const std::string& sample) {
    std::set<std::string> values;
    const std::filesystem::path folder =
        std::filesystem::path(ATTEST_SOURCE_DIR) / "resources" / "samples" / "gold";
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        std::ifstream lines(entry.path());
        for (std::string line; std::getline(lines, line);) {
            const auto object = QJsonDocument::fromJson(QByteArray::fromStdString(line)).object();
            if (object[QLatin1String("file")].toString().toStdString() == sample) {
                collectStrings(object[QLatin1String("values")], values);
            }
        }
    }
    return values;
}

std::set<std::string> longerWords(const std::string& text) {
    std::set<std::string> words;
    std::istringstream in(text);
    for (std::string word; in >> word;) {
        if (word.size() > 5) {
            words.insert(word);
        }
    }
    return words;
}

} // namespace

Viewer::Viewer(const Theme& theme, QSize size) : view(theme, nullptr) {
    view.resize(size);
    view.show();
    REQUIRE(QTest::qWaitForWindowExposed(&view));
}

void Viewer::open(PageViewDocument document) {
    pages_ = document.pages;
    view.setDocument(std::move(document));
    QTest::qWait(1); // what is asked for after it
}

std::string Viewer::textOf(const SourceSpan& span) const {
    return pages_[static_cast<std::size_t>(span.pageIndex)].text.substr(span.begin,
                                                                        span.end - span.begin);
}

QRect Viewer::rectAt(std::size_t byte) {
    const std::string& text = pages_[view.currentPage()].text;
    const auto unit = QString::fromStdString(text.substr(0, byte)).size();
    QAccessibleInterface* tree = QAccessible::queryAccessibleInterface(&view);
    const QRect rect = tree->textInterface()->characterRect(static_cast<int>(unit));
    return rect.translated(-view.viewport()->mapToGlobal(QPoint()));
}

std::size_t Viewer::byteNear(QPoint point) {
    QAccessibleTextInterface* text = QAccessible::queryAccessibleInterface(&view)->textInterface();
    for (int reach = 0; reach < 400; reach += 3) {
        for (int x = -reach; x <= reach; x += std::max(1, reach)) {
            for (int y = -reach; y <= reach; y += std::max(1, reach)) {
                const int unit =
                    text->offsetAtPoint(view.viewport()->mapToGlobal(point + QPoint(x, y)));
                if (unit >= 0) {
                    return text->text(0, unit).toStdString().size();
                }
            }
        }
    }
    FAIL("no text near the point");
    return 0;
}

void Viewer::press(QPoint point) {
    send(view.viewport(), QEvent::MouseButtonPress, point, Qt::LeftButton);
}

void Viewer::move(QPoint point) {
    send(view.viewport(), QEvent::MouseMove, point, Qt::LeftButton);
}

void Viewer::release(QPoint point) {
    send(view.viewport(), QEvent::MouseButtonRelease, point, Qt::NoButton);
}

void Viewer::click(QPoint point) {
    press(point);
    release(point);
}

void Viewer::drag(QPoint from, QPoint to) {
    press(from);
    move((from + to) / 2);
    move(from + QPoint(8, 8)); // past the distance that makes it a drag
    move(to);
    release(to);
}

void Viewer::doubleClick(QPoint point) {
    click(point);
    send(view.viewport(), QEvent::MouseButtonDblClick, point, Qt::LeftButton);
    release(point);
}

void Viewer::wheel(QPoint point, int delta, Qt::KeyboardModifiers modifiers) {
    QWidget* widget = view.viewport();
    QWheelEvent event(QPointF(point),
                      QPointF(widget->mapToGlobal(point)),
                      QPoint(),
                      QPoint(0, delta),
                      Qt::NoButton,
                      modifiers,
                      Qt::NoScrollPhase,
                      false);
    QCoreApplication::sendEvent(widget, &event);
}

PageViewDocument documentOf(const std::filesystem::path& path) {
    extract::ReaderOptions options;
    auto program = extract::findReaderProgram();
    REQUIRE(program.ok());
    options.readerProgram = program.value();
    const auto read = extract::readDocument(path, options, {}, {});
    if (!read.ok()) {
        FAIL(read.error().message);
    }
    PageViewDocument document;
    document.sha256 = read.value().sha256;
    if (read.value().kind == "pdf") {
        document.pdf = path;
    }
    for (const extract::PageText& page : read.value().pages) {
        storage::PageRecord record;
        record.text = page.text;
        record.widthPoints = double(page.widthPoints);
        record.heightPoints = double(page.heightPoints);
        for (const extract::CharBox& box : page.boxes) {
            record.charBoxes.insert(record.charBoxes.end(),
                                    {box.left, box.top, box.right, box.bottom});
        }
        document.pages.push_back(std::move(record));
    }
    return document;
}

std::vector<PageMark> goldMarks(const std::string& sample,
                                const std::vector<storage::PageRecord>& pages) {
    std::set<std::string> values = goldValues(sample);
    if (values.empty()) {
        values = longerWords(pages.front().text);
    }
    std::vector<PageMark> marks;
    for (const std::string& value : values) {
        for (std::size_t page = 0; page < pages.size(); ++page) {
            std::string text = pages[page].text;
            std::replace(text.begin(), text.end(), '\n', ' '); // as values show line breaks
            const std::size_t begin = value.empty() ? text.npos : text.find(value);
            if (begin != text.npos) {
                const SourceSpan span{static_cast<std::int32_t>(page), begin, begin + value.size()};
                marks.push_back({static_cast<int>(marks.size()) + 1, span, {}});
                break;
            }
        }
    }
    return marks;
}

int darkest(const QImage& image, const QRect& part) {
    int least = 255;
    const double ratio = image.devicePixelRatio();
    const QRectF pixels(QPointF(part.topLeft()) * ratio, QSizeF(part.size()) * ratio);
    const QRect inside = pixels.toRect().intersected(image.rect());
    for (int y = inside.top(); y <= inside.bottom(); ++y) {
        for (int x = inside.left(); x <= inside.right(); ++x) {
            least = std::min(least, qGray(image.pixel(x, y)));
        }
    }
    return least;
}

void writeLongPdf(const std::filesystem::path& path, int pageCount) {
    std::vector<std::string> objects = {"<< /Type /Catalog /Pages 2 0 R >>",
                                        "",
                                        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"};
    std::string kids;
    for (int page = 0; page < pageCount; ++page) {
        std::ostringstream content;
        content << "BT /F1 11 Tf 14 TL 60 780 Td\n";
        for (int line = 1; line <= 50; ++line) {
            content << "(Page " << page + 1 << " line " << line << ": potassium "
                    << (page * 7 + line) % 60 / 10.0
                    << " mmol/L, metoprolol 50 mg once daily, follow up in six weeks.) Tj T*\n";
        }
        content << "ET\n";
        const std::string stream = content.str();
        kids += std::to_string(objects.size() + 1) + " 0 R ";
        objects.push_back("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources "
                          "<< /Font << /F1 3 0 R >> >> /Contents " +
                          std::to_string(objects.size() + 2) + " 0 R >>");
        objects.push_back("<< /Length " + std::to_string(stream.size()) + " >>\nstream\n" + stream +
                          "endstream");
    }
    objects[1] = "<< /Type /Pages /Count " + std::to_string(pageCount) + " /Kids [" + kids + "] >>";
    std::string pdf = "%PDF-1.4\n";
    std::string table;
    for (std::size_t i = 0; i < objects.size(); ++i) {
        std::string offset = std::to_string(pdf.size());
        offset.insert(0, 10 - offset.size(), '0');
        table += offset + " 00000 n \n";
        pdf += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
    }
    const std::size_t start = pdf.size();
    const std::string count = std::to_string(objects.size() + 1);
    pdf += "xref\n0 " + count + "\n0000000000 65535 f \n" + table + "trailer\n<< /Size " + count +
           " /Root 1 0 R >>\nstartxref\n" + std::to_string(start) + "\n%%EOF\n";
    std::ofstream(path, std::ios::binary) << pdf;
}

std::size_t residentBytes() {
    std::ifstream statm("/proc/self/statm");
    std::size_t all = 0;
    std::size_t resident = 0;
    statm >> all >> resident;
    return resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

} // namespace attest::gui
