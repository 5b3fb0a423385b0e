// SPDX-License-Identifier: Apache-2.0
#include "project/newdesigndialog.h"

#include "project/choicesform.h"
#include "project/dockerfilepreview.h"
#include "theme/theme.h"
#include "widgets/emptystate.h"
#include "widgets/labels.h"
#include "widgets/noticebar.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

NewDesignDialog::NewDesignDialog(QWidget *parent)
    : QDialog(parent)
    , m_folder(new QLineEdit(this))
    , m_found(new QuietLabel({}, this))
    , m_pages(new QStackedWidget(this))
    , m_empty(new EmptyState(u"folder"_s, {}, {}, this))
    , m_form(new ChoicesForm(this))
    , m_preview(new DockerfilePreview(this))
    , m_problem(new NoticeBar(this))
    , m_dockerIgnore(new QCheckBox(tr("Write a .dockerignore that fits"), this))
    , m_create(nullptr)
{
    setWindowTitle(tr("New from a Go project"));
    setSizeGripEnabled(true);
    const QSize room = screen()->availableSize() - QSize(space::xl, 2 * space::xl); // for the frame
    resize(QSize(1040, 720).boundedTo(room));

    auto *formArea = new QScrollArea(this);
    formArea->setWidget(m_form);
    formArea->setWidgetResizable(true);
    formArea->setFrameShape(QFrame::NoFrame);
    formArea->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    formArea->setMinimumWidth(420);

    auto *right = new QWidget(this);
    auto *rightLayout = new QVBoxLayout(right);
    rightLayout->setContentsMargins(0, 0, 0, 0);
    rightLayout->setSpacing(0);
    rightLayout->addWidget(m_problem);
    rightLayout->addWidget(m_preview, 1);
    m_preview->setFrameShape(QFrame::NoFrame);

    auto *split = new QSplitter(this);
    split->addWidget(formArea);
    split->addWidget(right);
    split->setChildrenCollapsible(false);
    split->setSizes({460, 580});
    m_pages->addWidget(m_empty);
    m_pages->addWidget(split);

    const auto rule = [this] {
        auto *line = new QFrame(this);
        line->setFrameShape(QFrame::HLine);
        line->setFixedHeight(1);
        return line;
    };
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeFolderRow());
    layout->addWidget(rule());
    layout->addWidget(m_pages, 1);
    layout->addWidget(rule());
    layout->addWidget(makeFooter());

    connect(m_form, &ChoicesForm::changed, this, &NewDesignDialog::refreshPreview);
    connect(m_folder, &QLineEdit::textChanged, this, &NewDesignDialog::readFolder);
    connect(m_empty, &EmptyState::actionRequested, this, &NewDesignDialog::chooseFolder);
    readFolder();
}

QWidget *NewDesignDialog::makeFolderRow()
{
    auto *row = new QWidget(this);
    auto *label = new QLabel(tr("&Folder with go.mod"), row);
    label->setBuddy(m_folder);
    auto *choose = new QPushButton(icon(u"folder"_s), tr("Choose…"), row);
    choose->setAutoDefault(false);
    m_folder->setObjectName(u"folder"_s);
    auto *line = new QHBoxLayout;
    line->addWidget(label);
    line->addWidget(m_folder, 1);
    line->addWidget(choose);
    auto *layout = new QVBoxLayout(row);
    layout->setContentsMargins(space::l, space::m, space::l, space::m);
    layout->addLayout(line);
    layout->addWidget(m_found);
    connect(choose, &QPushButton::clicked, this, &NewDesignDialog::chooseFolder);
    return row;
}

QWidget *NewDesignDialog::makeFooter()
{
    auto *footer = new QWidget(this);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, footer);
    m_create = buttons->addButton(tr("Create the design"), QDialogButtonBox::AcceptRole);
    m_create->setObjectName(u"create"_s);
    m_create->setDefault(true);
    m_dockerIgnore->setObjectName(u"dockerIgnore"_s);
    m_dockerIgnore->setToolTip(tr("What it names is not sent to the engine: .git, binaries, editors' files"));
    auto *layout = new QHBoxLayout(footer);
    layout->setContentsMargins(space::l, space::m, space::l, space::m);
    layout->addWidget(m_dockerIgnore);
    layout->addStretch(1);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    return footer;
}

void NewDesignDialog::setFolder(const QString &folder)
{
    m_folder->setText(QDir::toNativeSeparators(folder));
}

QString NewDesignDialog::folder() const
{
    return m_module ? m_module->folder : QString();
}

bool NewDesignDialog::wantsDockerIgnore() const
{
    return m_dockerIgnore->isChecked();
}

QString NewDesignDialog::dockerIgnoreText() const
{
    return m_module ? recipes::generateDockerIgnore(*m_module) : QString();
}

void NewDesignDialog::chooseFolder()
{
    const QString start = m_folder->text().isEmpty() ? QDir::homePath() : m_folder->text();
    auto *dialog = new QFileDialog(this, tr("Folder of a Go module"), start);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, &NewDesignDialog::setFolder);
    dialog->open();
}

void NewDesignDialog::readFolder()
{
    const QString folder = QDir::fromNativeSeparators(m_folder->text().trimmed());
    m_create->setEnabled(false);
    m_dockerIgnore->setEnabled(false);
    if (folder.isEmpty()) {
        m_reading.cancel();
        m_module.reset();
        m_found->hide();
        m_empty->setTexts(
            tr("Which program?"),
            tr("Choose the folder of a Go module. Its go.mod, main packages and imports decide what is "
               "proposed here; nothing is written before you save."));
        m_empty->setActionText(tr("Choose a folder…"));
        m_pages->setCurrentIndex(0);
        return;
    }
    m_reading.start([folder](const std::stop_token &) { return project::loadGoModule(folder); },
                    [this](const base::Result<project::GoModule> &module) { folderRead(module); });
}

void NewDesignDialog::folderRead(const base::Result<project::GoModule> &module)
{
    m_found->setVisible(module.has_value());
    if (!module) {
        m_module.reset();
        m_empty->setTexts(asSentence(module.error().message), module.error().hint);
        m_empty->setActionText(tr("Choose another folder…"));
        m_pages->setCurrentIndex(0);
        return;
    }
    m_module = *module;
    m_found->setText(foundInWords());
    m_dockerIgnore->setEnabled(true);
    m_dockerIgnore->setChecked(!QFile::exists(QDir(m_module->folder).filePath(u".dockerignore"_s)));
    m_pages->setCurrentIndex(1);
    m_form->setModule(*m_module, recipes::choicesFor(*m_module));
}

QString NewDesignDialog::foundInWords() const
{
    QStringList parts{tr("Module %1").arg(m_module->path)};
    if (!m_module->goVersion.isEmpty())
        parts.append(tr("Go %1").arg(m_module->goVersion));
    QStringList mains;
    for (const project::MainPackage &main : m_module->mains)
        mains.append(main.folder == u"." ? main.binaryName : main.folder);
    if (mains.isEmpty())
        parts.append(tr("no main package"));
    else
        parts.append(mains.size() == 1 ? tr("one program: %1").arg(mains.first())
                                       : tr("%1 programs: %2").arg(mains.size()).arg(mains.join(u", ")));
    if (m_module->usesCgo)
        parts.append(tr("uses cgo"));
    if (m_module->hasVendor)
        parts.append(tr("vendored modules"));
    else if (!m_module->hasRequirements)
        parts.append(tr("no other modules needed"));
    if (!m_module->embeds.isEmpty())
        parts.append(tr("embeds files"));
    if (QFile::exists(QDir(m_module->folder).filePath(u"Dockerfile"_s)))
        parts.append(tr("has a Dockerfile, which stays as it is until you save"));
    return parts.join(u" · "_s);
}

void NewDesignDialog::refreshPreview()
{
    if (!m_module)
        return;
    const auto text = recipes::generate(*m_module, m_form->choices());
    m_create->setEnabled(text.has_value());
    m_preview->setEnabled(text.has_value());
    if (!text) {
        m_problem->showError(text.error());
        return;
    }
    m_problem->hide();
    m_dockerfile = *text;
    m_preview->setDockerfile(*text);
}

}
