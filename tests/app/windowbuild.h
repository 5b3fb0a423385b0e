// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "build/buildpanel.h"
#include "engine/buildkit/buildabilities.h"
#include "inspector/buildoptionspanel.h"
#include "windowedprogram.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>

/// What tests of builds from the window share: the whole program on the engine of STAGELOOM_TEST_ENGINE, and
/// the hands of a person in the build options.
class WindowBuild : public QObject
{
protected:
    static constexpr const char *whyNot =
        "no engine: packaging/test.sh starts one and sets STAGELOOM_TEST_ENGINE";

    /// A widget by its accessible name; of several the last one, which is the newest.
    template <class T>
    static T *named(const QWidget &panel, const QString &name)
    {
        T *found = nullptr;
        for (T *widget : panel.findChildren<T *>()) {
            if (widget->accessibleName() == name)
                found = widget;
        }
        return found;
    }
    static bool says(const QWidget &panel, const QString &words)
    {
        const auto labels = panel.findChildren<QLabel *>();
        return std::ranges::any_of(labels,
                                   [&](const QLabel *label) { return label->text().contains(words); });
    }
    static QByteArray unique() { return QByteArray::number(QDateTime::currentMSecsSinceEpoch()); }

    /// The first reason that there is.
    static QByteArray whyNotAll(std::initializer_list<engine::Ability> wanted)
    {
        for (const engine::Ability &ability : wanted) {
            if (!ability.can)
                return ability.reason.toUtf8();
        }
        return {};
    }

    static QString engineUrl() { return qEnvironmentVariable("STAGELOOM_TEST_ENGINE"); }

    /// A new program, connected; false: it is not.
    bool start()
    {
        m_program = std::make_unique<Program>();
        m_program->hub.reconnect();
        const bool isConnected = QTest::qWaitFor(
            [this] { return m_program->hub.state() == app::EngineHub::State::Connected; }, 10'000);
        if (isConnected)
            m_can = engine::abilities(*m_program->hub.info());
        return isConnected;
    }

    template <class T>
    T *child()
    {
        return m_program->page().findChild<T *>();
    }
    ui::BuildOptionsPanel &options() { return *child<ui::BuildOptionsPanel>(); }
    void open(const QByteArray &text) { m_program->openText(text); }
    void write(const QString &name, const QByteArray &bytes)
    {
        QFile file(m_program->home.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("%s cannot be written", qPrintable(name));
    }

    void type(const QString &field, const QString &text)
    {
        auto *line = named<QLineEdit>(options(), field);
        if (!line)
            qFatal("no field is called %s", qPrintable(field));
        line->setText(text);
        Q_EMIT line->textEdited(text);
    }
    void choose(const QString &field, const QString &value)
    {
        auto *box = named<QComboBox>(options(), field);
        if (!box || box->findData(value) < 0)
            qFatal("no field %s offers %s", qPrintable(field), qPrintable(value));
        box->setCurrentIndex(box->findData(value));
        Q_EMIT box->activated(box->currentIndex());
    }
    /// A new row of a list: texts by column, choices first.
    void addEntry(const QString &list, const QList<std::pair<QString, QString>> &columns)
    {
        named<QAbstractButton>(options(), list + QStringLiteral(", add"))->click();
        for (const auto &[column, text] : columns) {
            const QString field = list + QStringLiteral(", ") + column;
            if (named<QComboBox>(options(), field))
                choose(field, text);
            else
                type(field, text);
        }
    }

    bool build()
    {
        QSignalSpy finished(&m_program->page().build(), &app::BuildController::finished);
        QSignalSpy failed(&m_program->page().build(), &app::BuildController::failed);
        m_program->press(Qt::CTRL | Qt::Key_B);
        const bool isOver =
            QTest::qWaitFor([&] { return !finished.isEmpty() || !failed.isEmpty(); }, 120'000);
        m_error = isOver ? m_program->notice() : QStringLiteral("the build does not end");
        if (finished.isEmpty())
            return false;
        m_report = finished.first().first().value<app::BuildReport>();
        if (m_report.outcome.error)
            m_error = m_report.outcome.error->text() + m_report.outcome.error->detail;
        return m_report.outcome.succeeded();
    }

    /// All that the steps of the last build wrote.
    QString log()
    {
        const QString path = m_program->home.filePath(QStringLiteral("build.log"));
        const auto saved = child<ui::BuildPanel>()->saveLog(path);
        return saved ? QString::fromUtf8(contentOf(path)) : saved.error().text();
    }

    std::unique_ptr<Program> m_program;
    engine::BuildAbilities m_can;
    app::BuildReport m_report;
    QString m_error;
};
