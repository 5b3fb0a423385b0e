// SPDX-License-Identifier: Apache-2.0
#include "build/secretvalues.h"

#include <QTest>

using namespace Qt::StringLiterals;

class TestSecretValues : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsSecretInATextIsStarred_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("shown");
        QTest::newRow("a token given as an argument") << u"RUN curl -H 7f3a-9c x"_s << u"RUN curl -H *** x"_s;
        QTest::newRow("a short one is everywhere") << u"yes"_s << u"yes"_s;
        QTest::newRow("a version") << u"alpine:3.22"_s << u"alpine:3.22"_s;
        QTest::newRow("a proxy's password")
            << u"via http://me:pass%40word@proxy:3128 ..."_s << u"via http://***@proxy:3128 ..."_s;
        QTest::newRow("a repository's token") << u"unable to access 'HTTPS://ghp_1234@github.com/x.git/'"_s
                                              << u"unable to access 'HTTPS://***@github.com/x.git/'"_s;
        QTest::newRow("two of them") << u"http://a@h http://b@h"_s << u"http://***@h http://***@h"_s;
        QTest::newRow("a path with an @") << u"https://h/@scope/package"_s << u"https://h/@scope/package"_s;
        QTest::newRow("a user of ssh") << u"ssh://git@github.com/x.git"_s << u"ssh://git@github.com/x.git"_s;
        QTest::newRow("a mail address") << u"see http://h, or me@h"_s << u"see http://h, or me@h"_s;
    }
    void whatIsSecretInATextIsStarred()
    {
        QFETCH(QString, text);
        const app::SecretValues values(
            {{u"NPM_TOKEN"_s, u"7f3a-9c"_s}, {u"USE_TOKEN"_s, u"yes"_s}, {u"VERSION"_s, u"3.22"_s}});
        QTEST(values.hidden(text), "shown");
    }
};

QTEST_APPLESS_MAIN(TestSecretValues)
#include "tst_secretvalues.moc"
