// Presses Execute down Swagger UI's page, in order, in a real browser, and looks at each answer.
// Then opens the page of a problem in a Korean browser that prefers dark.
import { chromium } from 'playwright-core';

const url = process.argv[2];
const shots = process.argv[3];
const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
        '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
let failed = 0;
const check = (holds, what) => {
    if (!holds) {
        console.error(`page: ${what}`);
        failed++;
    }
};
try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 1600 } });
    page.on('pageerror', (error) => check(false, `error on the page: ${error}`));
    await page.goto(`${url}/`);
    await page.waitForSelector('.opblock');
    await page.screenshot({ path: `${shots}/swagger-ui.png` });
    const blocks = await page.$$('.opblock');
    check(blocks.length > 30, `${blocks.length} operations only`);
    for (const block of blocks) {
        const id = await block.getAttribute('id');
        await (await block.$('.opblock-summary-control')).click();
        await (await block.waitForSelector('button.execute')).click();
        const status = await block.waitForSelector('.live-responses-table tbody .response-col_status', { timeout: 60000 });
        const code = (await status.innerText()).trim().slice(0, 3);
        // there is nothing yet that unlink could remove
        check(code.startsWith(id.endsWith('-unlink') ? '409' : '2'), `${id} answered ${code}`);
        await (await block.$('.opblock-summary-control')).click();
    }
    console.log(`page: Execute pressed ${blocks.length} times`);

    const korean = await browser.newContext({ locale: 'ko-KR', colorScheme: 'dark' });
    const problem = await korean.newPage();
    await problem.goto(`${url}/problems/errno/ECONNREFUSED`);
    check((await problem.getAttribute('html', 'lang')) === 'ko', 'the explanation is not Korean');
    // What the browser's own style makes of it: the text is lighter than half
    const grey = await problem.evaluate(() =>
        Math.max(...getComputedStyle(document.body).color.match(/\d+/g).map(Number)));
    check(grey > 127, 'the page is not dark in a dark browser');
    await problem.screenshot({ path: `${shots}/problem.png` });
} finally {
    await browser.close();
}
process.exit(failed === 0 ? 0 : 1);
