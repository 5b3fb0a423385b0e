// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDebug>
#include <QProcess>

/// An engine of a test's own, by the script of STAGELOOM_TEST_ENGINE_HELPER; it is removed with this.
class OwnEngine
{
public:
    explicit OwnEngine(const QString &name)
        : m_name(name)
    {}
    ~OwnEngine()
    {
        if (m_isThere)
            run({QStringLiteral("remove"), m_name});
    }
    static bool canBeHad() { return qEnvironmentVariableIsSet("STAGELOOM_TEST_ENGINE_HELPER"); }
    static constexpr const char *whyNot =
        "STAGELOOM_TEST_ENGINE_HELPER names no script that starts engines; packaging/test.sh sets it";

    /// Its socket; empty when it did not start. `options` are dockerd's.
    QString start(const QString &options = {})
    {
        m_isThere = true;
        return run({QStringLiteral("start"), m_name}, options);
    }
    bool load(const QString &image) { return !run({QStringLiteral("load"), m_name, image}).isNull(); }

private:
    /// The last line that the script prints; null when it failed.
    static QString run(const QStringList &arguments, const QString &options = {})
    {
        QProcess process;
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("STAGELOOM_TEST_ENGINE_OPTIONS"), options);
        process.setProcessEnvironment(environment);
        process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process.start(qEnvironmentVariable("STAGELOOM_TEST_ENGINE_HELPER"), arguments);
        constexpr int patience = 300'000;
        if (!process.waitForFinished(patience) || process.exitCode() != 0)
            return {};
        const QString printed = QString::fromLocal8Bit(process.readAllStandardOutput()).trimmed();
        return printed.isNull() ? QStringLiteral("") : printed.section(QLatin1Char('\n'), -1);
    }

    QString m_name;
    bool m_isThere = false;
};
