// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inference/modelstore.h"
#include "jobs/job.h"

#include <QDialog>

class QLabel;
class QProgressBar;
class QPushButton;
class QTreeWidget;

namespace heirloom
{

class ModelEnvironment;
class ModelFetcher;
class Worker;

/// The networks: what is there, under what licence, trained on what, and whether it can be used;
/// tests one, fetches missing ones (after asking). GUI thread.
class ModelsDialog : public QDialog
{
    Q_OBJECT

public:
    ModelsDialog(ModelEnvironment &models, Worker &worker, ModelFetcher &fetcher,
                 QWidget *parent = nullptr);
    ~ModelsDialog() override;

Q_SIGNALS:
    void modelsChanged();

private:
    void fill();
    void showDetails();
    void test();
    void fetch();
    void fetched(bool complete, const QString &messages);
    void setStatus(const QString &text);
    void updateButtons();
    QStringList missing() const;
    const ModelEntry *current() const;
    static QString taskText(ModelTask task);
    static QString stateText(const ModelEntry &entry);

    ModelEnvironment &m_models;
    Worker &m_worker;
    ModelFetcher &m_fetcher;
    std::vector<ModelEntry> m_entries;
    JobId m_testJob;

    QTreeWidget *m_list;
    QLabel *m_details;
    QLabel *m_status;
    QProgressBar *m_busy;
    QPushButton *m_test;
    QPushButton *m_fetch;
};

} // namespace heirloom
