// The tables of the evaluation page, filled from an outcome.
#pragma once

#include "gui/evaluate/evaluation_run.h"

class QTableWidget;
class QTableWidgetItem;
class QTreeWidget;
class QTreeWidgetItem;

namespace attest::gui {

class Theme;

// What all tables of figures have in common.
void setUpFigures(QTableWidget& table, const QStringList& titles);
QTableWidgetItem* figureItem(const QString& text);
// For a column with an IntervalDelegate.
QTableWidgetItem*
intervalItem(double value, const extract::Interval& interval, bool isBold = false);

// Precision, recall and F1 by field, with the interval of F1; with a second model the difference.
void setUpScores(QTableWidget& table, const Theme& theme);
void fillScores(QTableWidget& table, const EvaluationOutcome& outcome, const Theme& theme);

// What is stated against what was answered.
void setUpConfusion(QTableWidget& table);
void fillConfusion(QTableWidget& table, const EvaluationOutcome& outcome, const Theme& theme);

// The worst documents first, below each of them what is not as the gold says.
void setUpDocuments(QTreeWidget& tree);
void fillDocuments(QTreeWidget& tree, const EvaluationOutcome& outcome, const Theme& theme);

// Index into EvaluationOutcome::documents; -1: none.
int documentOf(const QTreeWidgetItem* item);

} // namespace attest::gui
