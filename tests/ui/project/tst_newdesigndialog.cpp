// SPDX-License-Identifier: Apache-2.0
#include "project/dockerfilepreview.h"
#include "project/newdesigndialog.h"
#include "theme/theme.h"
#include "widgets/noticebar.h"

#include <QAbstractButton>
#include <QApplication>
#include <QCheckBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace ui;

namespace {

void write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

}

class TestNewDesignDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        applyTheme(*qApp, Scheme::Light);
        m_folder = std::make_unique<QTemporaryDir>();
        write(m_folder->filePath(u"go.mod"_s), "module example.org/hello\n\ngo 1.24\n");
        write(m_folder->filePath(u"main.go"_s), "package main\n\nfunc main() {}\n");
        m_dialog = std::make_unique<NewDesignDialog>();
        m_dialog->show();
        m_create = m_dialog->findChild<QPushButton *>(u"create"_s);
    }
    void cleanup()
    {
        m_dialog.reset();
        m_folder.reset();
    }

    void withoutAFolderNothingCanBeCreated()
    {
        QVERIFY(!m_create->isEnabled());
        QVERIFY(m_dialog->folder().isEmpty());
    }

    void aFolderWithoutAModuleSaysWhatToDo()
    {
        QTemporaryDir empty;
        m_dialog->setFolder(empty.path());
        QTRY_VERIFY(std::ranges::any_of(m_dialog->findChildren<QWidget *>(), [](const QWidget *widget) {
            return widget->isVisible() && widget->accessibleName().contains(u"go.mod"_s) &&
                   !widget->accessibleDescription().isEmpty();
        }));
        QVERIFY(!m_create->isEnabled());
    }

    void aModuleIsFoundByTypingItsFolder()
    {
        auto *edit = m_dialog->findChild<QLineEdit *>(u"folder"_s);
        QTest::keyClicks(edit, m_folder->path());
        QTRY_VERIFY(m_create->isEnabled());
        QCOMPARE(m_dialog->folder(), m_folder->path());
        QVERIFY(m_dialog->dockerfileText().contains(u"FROM scratch"_s));
        QVERIFY(m_dialog->wantsDockerIgnore());
        QVERIFY(!m_dialog->dockerIgnoreText().isEmpty());
    }

    void aChoiceChangesThePreviewAtOnce()
    {
        m_dialog->setFolder(m_folder->path());
        QTRY_VERIFY(m_create->isEnabled());
        auto *preview = m_dialog->findChild<DockerfilePreview *>();
        QTest::mouseClick(m_dialog->findChild<QAbstractButton *>(u"base-alpine"_s), Qt::LeftButton);
        QVERIFY(preview->toPlainText().contains(u"FROM alpine"_s));
        m_dialog->findChild<QSpinBox *>(u"port"_s)->setValue(8080);
        QVERIFY(preview->toPlainText().contains(u"EXPOSE 8080"_s));
        QCOMPARE(preview->toPlainText(), m_dialog->dockerfileText());
        auto *strip = m_dialog->findChild<QCheckBox *>(u"stripSymbols"_s);
        QVERIFY(preview->toPlainText().contains(u"-s -w"_s));
        strip->click();
        QVERIFY(!preview->toPlainText().contains(u"-s -w"_s));
    }

    void aContradictionIsSaidAndCannotBeCreated()
    {
        m_dialog->setFolder(m_folder->path());
        QTRY_VERIFY(m_create->isEnabled());
        m_dialog->findChild<QLineEdit *>(u"binaryName"_s)->setText(u"not a / name"_s);
        auto *notice = m_dialog->findChild<NoticeBar *>();
        QVERIFY(notice->isVisible() && !notice->message().isEmpty());
        QVERIFY(!m_create->isEnabled());
        m_dialog->findChild<QLineEdit *>(u"binaryName"_s)->setText(u"hello"_s);
        QVERIFY(!notice->isVisible());
        QVERIFY(m_create->isEnabled());
    }

    void anExistingDockerIgnoreIsLeftAlone()
    {
        write(m_folder->filePath(u".dockerignore"_s), ".git\n");
        m_dialog->setFolder(m_folder->path());
        QTRY_VERIFY(m_create->isEnabled());
        QVERIFY(!m_dialog->wantsDockerIgnore());
    }

    void createAccepts()
    {
        m_dialog->setFolder(m_folder->path());
        QTRY_VERIFY(m_create->isEnabled());
        QSignalSpy accepted(m_dialog.get(), &QDialog::accepted);
        QTest::mouseClick(m_create, Qt::LeftButton);
        QCOMPARE(accepted.size(), 1);
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<NewDesignDialog> m_dialog;
    QPushButton *m_create = nullptr;
};

QTEST_MAIN(TestNewDesignDialog)
#include "tst_newdesigndialog.moc"
