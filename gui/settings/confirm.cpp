#include "gui/settings/confirm.h"

#include <QMessageBox>
#include <QPushButton>

namespace attest::gui {

void confirm(QWidget* parent, const Question& question, std::function<void()> then) {
    auto* box = new QMessageBox(QMessageBox::Question,
                                QStringLiteral("Attest"),
                                question.title,
                                QMessageBox::Cancel,
                                parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(question.text);
    QPushButton* yes = box->addButton(question.verb, QMessageBox::AcceptRole);
    box->setDefaultButton(QMessageBox::Cancel);
    QObject::connect(yes, &QPushButton::clicked, parent, [then = std::move(then)] { then(); });
    box->open();
}

} // namespace attest::gui
